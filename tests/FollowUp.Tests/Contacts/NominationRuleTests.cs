using FollowUp.Contacts;
using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Contacts;

public sealed class NominationRuleTests
{
    private static readonly DateOnly Today = new(2017, 9, 14);
    private static readonly Contact Cleo = A.Contact("Cleo New") with { From = Today };
    private static readonly Recipient Dana = new("Dana Main", A.Contact("Dana Main").Email, Relation.Own, ContactRole.Main, Gloucestershire.Crc.Id);

    [Fact]
    public void Whoever_is_replaced_was_a_contact_until_yesterday()
    {
        var after = NominationRule.Apply(Gloucestershire.Crc, Cleo, Dana, replaces: true, Today);
        Assert.Equal(["Cleo New"], after.ContactsOn(Today, ContactRole.Main).Select(c => c.Name));
        Assert.Equal(["Dana Main"], after.ContactsOn(Today.AddDays(-1), ContactRole.Main).Select(c => c.Name));
    }

    [Fact]
    public void Whoever_came_today_and_leaves_today_was_none() =>
        Assert.DoesNotContain(NominationRule.Apply(Gloucestershire.Crc with { Contacts = [A.Contact("Dana Main") with { From = Today }] }, Cleo, Dana, replaces: true, Today).Contacts, c => c.Name == "Dana Main");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Done_again_it_changes_nothing(bool replaces)
    {
        var once = NominationRule.Apply(Gloucestershire.Crc, Cleo, Dana, replaces, Today);
        Assert.Same(once, NominationRule.Apply(once, Cleo, Dana, replaces, Today));
        Assert.Equal(!replaces, once.ContactsOn(Today, ContactRole.Main).Any(c => c.Name == "Dana Main"));
    }

    [Fact]
    public void Somebody_who_was_a_contact_before_is_one_again()
    {
        var former = Gloucestershire.Crc with { Contacts = [A.Contact("Dana Main"), Cleo with { From = null, Until = new(2017, 1, 1) }] };
        Assert.Equal(["Cleo New", "Dana Main"], NominationRule.Apply(former, Cleo, Dana, replaces: false, Today).ContactsOn(Today, ContactRole.Main).Select(c => c.Name).Order());
    }

    [Theory]
    [InlineData("cleo@bgsw.example", NominationStatus.Agreed)]
    [InlineData("cleo@mail.bgsw.example", NominationStatus.Agreed)]
    [InlineData("cleo@notbgsw.example", NominationStatus.Waiting)]
    [InlineData("cleo@bgsw.example.evil.example", NominationStatus.Waiting)]
    public void Only_an_own_mail_domain_counts_without_staff(string email, NominationStatus expected)
    {
        var link = new Link { Id = "id", Hash = "hash", OrganisationId = Gloucestershire.Crc.Id, Contact = Dana, Mid = "mid", CreatedAt = default };
        var situation = Situations.On(Today);
        var outcome = new NominationForm("Cleo New", email, "main", "beside").Read(link, Gloucestershire.Crc with { Domains = ["bgsw.example"] }, situation);
        Assert.Equal(expected, outcome.Value!.Status);
    }
}
