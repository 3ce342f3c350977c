using FollowUp.Chasing;
using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Chasing;

public sealed class AudienceTests
{
    private static readonly Person Mailbox = new("HM Inspectorate of Probation", EmailAddress.Parse("mailbox@inspectorate.example", null));
    private static readonly DateOnly Today = new(2017, 10, 12);

    [Theory]
    [InlineData(0, "dana.main@bgsw.example")]
    [InlineData(1, "dana.main@bgsw.example")]
    [InlineData(2, "dana.main@bgsw.example")]
    [InlineData(3, "dana.main@bgsw.example sam.second@bgsw.example")]
    [InlineData(4, "dana.main@bgsw.example sam.second@bgsw.example")]
    [InlineData(5, "dana.main@bgsw.example drew.director@bgsw.example")]
    [InlineData(6, "wren.main@workinglinks.example wyn.director@workinglinks.example ines.lead@inspectorate.example")]
    [InlineData(7, "wren.main@workinglinks.example wyn.director@workinglinks.example hari.main@hmpps.example hana.director@hmpps.example ines.lead@inspectorate.example")]
    [InlineData(8, "wren.main@workinglinks.example wyn.director@workinglinks.example hari.main@hmpps.example hana.director@hmpps.example ines.lead@inspectorate.example")]
    [InlineData(9, "wren.main@workinglinks.example wyn.director@workinglinks.example hari.main@hmpps.example hana.director@hmpps.example ines.lead@inspectorate.example")]
    public void Each_step_has_its_roles(int step, string recipients) => Assert.Equal(recipients, Reached(step, Gloucestershire.Crc));

    [Fact]
    public void Escalation_exists_for_every_kind_of_organisation()
    {
        var police = A.Organisation("police", "A police force", OrganisationKind.Other, null, A.Contact("Pat Main", domain: "police.example"));

        Assert.Equal("hari.main@hmpps.example hana.director@hmpps.example ines.lead@inspectorate.example", Reached(7, Gloucestershire.Nps));
        Assert.Equal("hari.main@hmpps.example hana.director@hmpps.example ines.lead@inspectorate.example", Reached(7, Gloucestershire.WorkingLinks));
        Assert.Equal("ines.lead@inspectorate.example", Reached(7, police));
        Assert.Equal("ines.lead@inspectorate.example", Reached(6, Gloucestershire.Hmpps));
    }

    [Fact]
    public void Without_anybody_in_its_roles_a_step_goes_to_the_organisations_other_contacts()
    {
        Assert.Equal("sam.second@bgsw.example drew.director@bgsw.example", Reached(1, Gloucestershire.Crc, "dana.main@bgsw.example"));
        Assert.Equal("drew.director@bgsw.example", Reached(4, Gloucestershire.Crc, "dana.main@bgsw.example", "sam.second@bgsw.example"));
        Assert.False(Of(1, Gloucestershire.Crc, "dana.main@bgsw.example").OwnMissing);
    }

    [Fact]
    public void Without_any_contact_a_step_goes_up_the_line_and_staff_are_told()
    {
        string[] all = ["dana.main@bgsw.example", "sam.second@bgsw.example", "drew.director@bgsw.example"];
        Assert.Equal("wren.main@workinglinks.example wyn.director@workinglinks.example", Reached(1, Gloucestershire.Crc, all));
        Assert.True(Of(1, Gloucestershire.Crc, all).OwnMissing);
        Assert.All(Of(1, Gloucestershire.Crc, all).Recipients, r => Assert.Equal(Relation.Upward, r.Relation));

        Assert.Equal("hari.main@hmpps.example hana.director@hmpps.example", Reached(1, Gloucestershire.Crc, [.. all, "wren.main@workinglinks.example", "wyn.director@workinglinks.example"]));
    }

    [Fact]
    public void The_inspectorates_own_people_are_last_in_the_line()
    {
        var alone = A.Organisation("alone", "Alone", OrganisationKind.Other, null, A.Contact("Al One", domain: "alone.example"));

        Assert.Equal("ines.lead@inspectorate.example", Reached(1, alone, "al.one@alone.example"));
        Assert.Equal("mailbox@inspectorate.example", Reached(1, alone, "al.one@alone.example", "ines.lead@inspectorate.example"));
        Assert.Equal(Relation.Staff, Assert.Single(Of(1, alone, "al.one@alone.example").Recipients).Relation);
    }

    [Theory]
    [InlineData("2017-10-11", "2017-10-12", true)]
    [InlineData("2017-10-11", "2017-10-11", false)]
    [InlineData("2017-10-12", null, true)]
    [InlineData("2017-10-13", null, false)]
    public void A_contact_is_written_to_on_the_days_of_their_role(string? from, string? until, bool reached)
    {
        var newcomer = A.Contact("New Comer") with { From = from is null ? null : DateOnly.Parse(from, null), Until = until is null ? null : DateOnly.Parse(until, null) };
        var organisation = A.Organisation(contacts: [A.Contact("Dana Main"), newcomer]);

        Assert.Equal(reached ? "dana.main@bgsw.example new.comer@bgsw.example" : "dana.main@bgsw.example", Reached(1, organisation));
    }

    [Fact]
    public void Somebody_with_two_roles_gets_one_message()
    {
        var both = A.Organisation(contacts: [A.Contact("Dana Main"), A.Contact("Dana Main", ContactRole.Second)]);

        Assert.Equal("dana.main@bgsw.example", Reached(3, both));
    }

    [Fact]
    public void An_organisation_above_that_has_ended_is_passed_over()
    {
        var ended = Gloucestershire.WorkingLinks with { Until = new(2017, 10, 11) };
        var directory = new OrganisationDirectory([Gloucestershire.Crc, ended, Gloucestershire.Hmpps]);

        Assert.Equal("hari.main@hmpps.example hana.director@hmpps.example ines.lead@inspectorate.example", Reached(6, Gloucestershire.Crc, directory));
        Assert.Equal("hari.main@hmpps.example hana.director@hmpps.example ines.lead@inspectorate.example", Reached(7, Gloucestershire.Crc, directory));
    }

    [Fact]
    public void Where_nobody_stands_above_or_can_be_read_the_lead_inspector_gets_what_goes_up()
    {
        var step = new LadderStep(1, "Overdue, and up", 5, MessageKind.Overdue, [StepAudience.Main, StepAudience.EscalatesTo]);
        var second = step with { Audience = [StepAudience.Main, StepAudience.EscalatesTo, StepAudience.LevelAbove] };
        var directly = new OrganisationDirectory([Gloucestershire.Crc, Gloucestershire.Hmpps], Unread(Gloucestershire.WorkingLinks.Id));
        var further = new OrganisationDirectory([Gloucestershire.Crc, Gloucestershire.WorkingLinks], Unread(Gloucestershire.Hmpps.Id));
        var nobody = new OrganisationDirectory([Gloucestershire.Crc with { EscalatesTo = null }], Unread(Gloucestershire.Hmpps.Id));

        Assert.EndsWith(" ines.lead@inspectorate.example", Reached(step, directly), StringComparison.Ordinal);
        Assert.DoesNotContain("ines.lead", Reached(step, further), StringComparison.Ordinal);
        Assert.EndsWith(" ines.lead@inspectorate.example", Reached(second, further), StringComparison.Ordinal);
        Assert.EndsWith(" ines.lead@inspectorate.example", Reached(step, nobody, Gloucestershire.Crc with { EscalatesTo = null }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_suspension_that_cannot_be_read_still_suspends_its_address()
    {
        var dana = Gloucestershire.Crc.Contacts[0].Email;
        var unread = new SuspendedAddresses([], [new("suspended", Keys.Hash(dana.ToString()), "its schema version is 2")]);

        Assert.True(unread.Contains(dana));
        Assert.Null(unread.Find(dana));
        Assert.False(unread.Contains(Gloucestershire.Crc.Contacts[1].Email));
    }

    private static Dictionary<OrganisationId, UnreadableRow> Unread(OrganisationId id) => new() { [id] = new("directory", $"org|{id}", "its schema version is 2") };

    private static string Reached(LadderStep step, OrganisationDirectory directory, Organisation? organisation = null) =>
        Words(Audience.Of(step, organisation ?? Gloucestershire.Crc, directory, Gloucestershire.Inspection.LeadInspector, Mailbox, SuspendedAddresses.None, Today));

    private static string Reached(int step, Organisation organisation, params string[] suspended) => Words(Of(step, organisation, suspended));

    private static string Reached(int step, Organisation organisation, OrganisationDirectory directory) =>
        Words(Audience.Of(Ladder.Default.Steps[step], organisation, directory, Gloucestershire.Inspection.LeadInspector, Mailbox, SuspendedAddresses.None, Today));

    private static string Words(Audience audience) => string.Join(' ', audience.Recipients.Select(r => r.Email));

    private static Audience Of(int step, Organisation organisation, params string[] suspended) => Audience.Of(
        Ladder.Default.Steps[step], organisation, Gloucestershire.Directory, Gloucestershire.Inspection.LeadInspector, Mailbox, new SuspendedAddresses(suspended.Select(s => new SuspendedAddress(EmailAddress.Parse(s, null), default, "It bounced.", null)), []), Today);
}
