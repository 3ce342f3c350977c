using FollowUp.Organisations;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Organisations;

public sealed class OrganisationFormTests
{
    private static readonly OrganisationForm Valid = new()
    {
        Name = "Bristol CRC",
        Kind = "crc",
        EscalatesTo = "working-links",
        Aliases = ["BGSW"],
        Domains = ["@BGSW.example"],
        Contacts = [new("Dana Main", "dana@bgsw.example", "main", null, null)],
    };

    [Fact]
    public void A_valid_form_is_an_organisation()
    {
        var organisation = Read(Valid).Value!;

        Assert.Equal(("Bristol CRC", OrganisationKind.Crc, "working-links", "bgsw.example"), (organisation.Name, organisation.Kind, organisation.EscalatesTo.ToString(), organisation.Domains[0]));
    }

    [Fact]
    public void All_that_is_wrong_is_named_at_once()
    {
        var form = new OrganisationForm
        {
            Name = " ",
            Kind = "7",
            EscalatesTo = "nobody",
            Successor = "nobody-either",
            Domains = ["not a domain"],
            Contacts = [new("", "dana", "boss", new(2018, 1, 1), new(2017, 1, 1)), new("A\r\nBcc: x", "x@bgsw.example", "main", null, null)],
        };

        Assert.Equal(
            ["name", "kind", "escalatesTo", "successor", "domains[0]", "contacts[0].name", "contacts[0].email", "contacts[0].role", "contacts[0].until", "contacts[1].name"],
            Read(form).Fields());
    }

    [Theory]
    [InlineData("One\nTwo")]
    [InlineData("One\tTwo")]
    [InlineData("One\u2028Two")]
    public void Names_stand_on_one_line(string name) =>
        Assert.Equal(
            ["name", "aliases[0]", "contacts[0].name"],
            Read(Valid with { Name = name, Aliases = [name], Contacts = [Valid.Contacts![0] with { Name = name }] }).Fields());

    [Theory]
    [InlineData("Crc", "MAIN", true)]
    [InlineData("hmpps", "director", true)]
    [InlineData("0", "1", false)]
    [InlineData("+1", "-1", false)]
    [InlineData("crc,nps", "main, second", false)]
    [InlineData("", " ", false)]
    public void Kinds_and_roles_are_read_by_their_names_alone(string kind, string role, bool known) =>
        Assert.Equal(known ? [] : ["kind", "contacts[0].role"], Read(Valid with { Kind = kind, Contacts = [Valid.Contacts![0] with { Role = role }] }).Fields());

    [Fact]
    public void A_null_in_a_list_is_named_and_nothing_breaks() =>
        Assert.Equal(
            ["aliases[0]", "domains[0]", "contacts[0].name", "contacts[0].email", "contacts[0].role"],
            Read(Valid with { Aliases = [null!], Domains = [null!], Contacts = [null!] }).Fields());

    [Theory]
    [InlineData("hmpps", "bgsw-crc")]
    [InlineData("working-links", "bgsw-crc")]
    [InlineData("bgsw-crc", "bgsw-crc")]
    public void A_line_of_escalation_that_goes_in_a_circle_is_refused(string id, string escalatesTo) =>
        Assert.Contains("escalatesTo", Read(Valid with { EscalatesTo = escalatesTo }, id).Fields());

    [Fact]
    public void The_same_address_twice_in_a_role_is_refused_and_in_two_roles_allowed()
    {
        Assert.Equal(["contacts[1].email"], Read(Valid with { Contacts = [Valid.Contacts![0], Valid.Contacts[0] with { Email = "DANA@bgsw.example" }] }).Fields());
        Assert.Null(Read(Valid with { Contacts = [Valid.Contacts[0], Valid.Contacts[0] with { Role = "director" }] }).Refusal);
    }

    [Theory]
    [InlineData(40, false)]
    [InlineData(41, true)]
    public void An_organisation_has_at_most_40_contacts(int count, bool refused) =>
        Assert.Equal(refused ? ["contacts"] : [], Read(Valid with { Contacts = [.. Enumerable.Range(1, count).Select(i => new ContactForm($"Contact {i}", $"c{i}@bgsw.example", "main", null, null))] }).Fields());

    private static Outcome<Organisation> Read(OrganisationForm form, string id = "bgsw-crc") => form.Read(A.OrganisationId(id), Gloucestershire.Directory);
}
