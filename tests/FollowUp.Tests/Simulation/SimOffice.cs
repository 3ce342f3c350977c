using FollowUp.Chasing;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;
using FollowUp.Tests.Simulation.Model;
using FollowUp.Time;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Simulation;

/// <summary>What staff change for everybody: the directory, addresses, holidays, the ladder, and the brakes of sending.</summary>
internal sealed class SimOffice(SimWorld world, Ledger ledger)
{
    private static readonly Actor By = new(ActorKind.Staff, "Sim");
    private static readonly Organisation[] Chased = [Gloucestershire.Crc, Gloucestershire.Nps, Gloucestershire.WorkingLinks];
    private DateOnly? endIsWrongFrom;
    private DateOnly? stoppedUntil;

    /// <summary>Before the day's first run: what was wrong is put right, and sometimes something changes.</summary>
    public void Begin(DateOnly today)
    {
        if (endIsWrongFrom <= today)
        {
            endIsWrongFrom = null;
            Chased.ToList().ForEach(o => Change(o.Id, now => now with { Until = null }));
        }

        if (stoppedUntil <= today)
        {
            LetGo();
        }

        if (world.Random.Next(3) == 0 && WaitingAbove() is { } inFlight)
        {
            ChangeWhoStandsAbove(Chased.First(o => o.Id == inFlight));
        }

        switch (world.Random.Next(200))
        {
            case < 5:
                ChangeContacts(Chased[world.Random.Next(3)]);
                break;
            case < 7 when endIsWrongFrom is null:
                endIsWrongFrom = today.AddDays(world.Random.Next(2, 12));
                Change(Chased[world.Random.Next(3)].Id, now => now with { Until = today.AddDays(world.Random.Next(-2, 2)) });
                break;
            case < 9:
                ChangeHoliday(today);
                break;
            case < 10:
                ChangeLadder(today);
                break;
            case < 12:
                stoppedUntil = today.AddDays(world.Random.Next(1, 4));
                Stop();
                break;
            case < 17:
                UseAddressAgain();
                break;
            case < 20:
                ChangeWhoStandsAbove(Chased[world.Random.Next(2)]);
                break;
        }
    }

    /// <summary>Nothing is wrong any more.</summary>
    public void Calm()
    {
        LetGo();
        Chased.ToList().ForEach(o => Change(o.Id, now => now with { Until = null }));
    }

    /// <summary>Lets more go on a day that is held.</summary>
    public void Release(DateOnly today, LimitCheck limits, int upTo) => world.Calmly(async () =>
    {
        var released = await world.Services.GetRequiredService<KeepSendingSafe>().ReleaseAsync(upTo, "It is right", By, default);
        if (!released.IsRefused(out _, out _))
        {
            limits.Release(today, upTo);
        }
    });

    private void ChangeContacts(Organisation organisation)
    {
        var original = organisation.Contacts;
        var some = world.Random.Next(5) switch
        {
            0 => [],
            1 => original.Skip(1),
            2 => [A.Contact($"New Main {world.Random.Next(9)}", domain: "bgsw.example"), .. original.Skip(1)],
            3 => original.Select(c => c with { Until = world.Clock.UtcNow.LondonDate().AddDays(world.Random.Next(0, 9)) }).Append(A.Contact("Later Main", domain: "bgsw.example") with { From = world.Clock.UtcNow.LondonDate().AddDays(3) }),
            _ => original,
        };
        Change(organisation.Id, now => now with { Contacts = [.. some] });
    }

    /// <summary>An organisation about which an email to those above it waits to be sent, or to be sent again.</summary>
    private OrganisationId? WaitingAbove() => world.Tables["Register"].All
        .Where(e => e.RowKey.StartsWith("msg|", StringComparison.Ordinal) && e.GetString("json0") is var json && json.Contains("\"relation\":\"upward\"", StringComparison.Ordinal) && (json.Contains("\"status\":\"pending\"", StringComparison.Ordinal) || json.Contains("\"status\":\"unknown\"", StringComparison.Ordinal)))
        .Select(e => (OrganisationId?)OrganisationId.Parse(e.PartitionKey, null)).FirstOrDefault();

    /// <summary>It escalates to the one above its owner, to its owner again, or to nobody.</summary>
    private void ChangeWhoStandsAbove(Organisation organisation)
    {
        OrganisationId?[] some = [Gloucestershire.Hmpps.Id, Gloucestershire.WorkingLinks.Id, organisation.EscalatesTo, null];
        var to = some[world.Random.Next(some.Length)];
        Change(organisation.Id, now => now with { EscalatesTo = to });
    }

    private void Change(OrganisationId id, Func<Organisation, Organisation> change) => world.Calmly(async () =>
    {
        var table = world.Services.GetRequiredService<OrganisationsTable>();
        var row = (await table.FindAsync(id, default))!;
        var changed = change(row.Value);
        if (changed != row.Value && await table.SaveAsync(row, changed, "Sim", world.Clock.UtcNow, default))
        {
            ledger.Directory.Set(world.Clock.UtcNow, ledger.Directory.Now.With(changed));
            await world.Services.GetRequiredService<KeepOrganisation>().TellAsync(id, default);
        }
    });

    private void UseAddressAgain() => world.Calmly(async () =>
    {
        foreach (var address in ledger.Directory.Now.Suspended)
        {
            await world.Services.GetRequiredService<AddressesTable>().RestoreAsync(FollowUp.Email.EmailAddress.Parse(address, null), default);
            ledger.Directory.Set(world.Clock.UtcNow, ledger.Directory.Now.Restoring(address));
        }
    });

    private void ChangeHoliday(DateOnly today)
    {
        var day = today.AddDays(world.Random.Next(0, 40));
        var takesOut = ledger.Work.Now.IsHoliday(day);
        world.Calmly(async () =>
        {
            var changed = await world.Services.GetRequiredService<ChangeHolidays>().RunAsync(new HolidayForm(day, "An extra day", "The gazette", takesOut), By, default);
            if (!changed.IsRefused(out _, out _))
            {
                ledger.Work.Set(world.Clock.UtcNow, takesOut ? ledger.Work.Now.Without(day) : ledger.Work.Now.With(day));
            }
        });
    }

    private void ChangeLadder(DateOnly today)
    {
        if (ledger.Ladder.Count > ModelLadder.Others.Count)
        {
            return;
        }

        var steps = ModelLadder.Others[ledger.Ladder.Count - 1];
        var form = new LadderForm([.. steps.Select((s, i) => new LadderStepForm($"Step {i}", $"{Math.Abs(s.Offset)}", s.Offset < 0, s.To))]);
        world.Calmly(async () =>
        {
            var changed = await world.Services.GetRequiredService<ChangeLadder>().RunAsync(form, "Better", ledger.Ladder.Count, By, default);
            Assert.False(changed.IsRefused(out var refusal, out _), refusal is { Problems: [var problem, ..] } ? problem.Message : "");
            ledger.Ladder.Set(today, steps);
        });
    }

    private void Stop() => world.Calmly(async () =>
    {
        await world.Services.GetRequiredService<KeepSendingSafe>().StopAsync("Something is wrong", By, default);
        ledger.Stopped.Set(world.Clock.UtcNow, true);
    });

    private void LetGo()
    {
        stoppedUntil = null;
        if (ledger.Stopped.Now)
        {
            world.Calmly(async () =>
            {
                ledger.Stopped.Set(world.Clock.UtcNow, false);
                await world.Services.GetRequiredService<KeepSendingSafe>().ResumeAsync("All is well", isAsked: true, By, default);
            });
        }
    }
}
