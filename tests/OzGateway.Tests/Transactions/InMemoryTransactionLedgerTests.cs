using Microsoft.Extensions.Time.Testing;
using OzGateway.Attempts;
using OzGateway.Identity;
using OzGateway.Payloads;
using OzGateway.Transactions;

namespace OzGateway.Tests.Transactions;

/// <summary>What the ledger remembers, and what one transaction may be used for.</summary>
public sealed class InMemoryTransactionLedgerTests
{
    private static readonly GatewayKeys Keys = GatewayKeys.Ephemeral();
    private static readonly UserKey Alice = UserKey.OfIdentifier(Keys, "alice");
    private static readonly UserKey Bob = UserKey.OfIdentifier(Keys, "bob");
    private static readonly AttemptPolicy Attempts = new() { Budget = "default", Count = AttemptCount.Started, Windows = [new(5, TimeSpan.FromMinutes(15))] };

    private readonly FakeTimeProvider _time = new();
    private readonly InMemoryTransactionLedger _ledger;

    public InMemoryTransactionLedgerTests() => _ledger = new InMemoryTransactionLedger(_time);

    [Fact]
    public async Task An_issued_transaction_says_whose_it_is_and_how_long_it_lives()
    {
        var record = await IssueAsync(Implicit);

        Assert.Equal((Alice, TransactionState.Issued, 0), (record.User, record.State, record.Uses));
        Assert.Equal(_time.GetUtcNow(), record.IssuedAt);
        Assert.Equal(_time.GetUtcNow().AddMinutes(10), record.SubmitUntil);
        Assert.Equal(_time.GetUtcNow().AddHours(2), record.ReadUntil);
        Assert.Equal(record, await _ledger.FindAsync(record.Id));
    }

    [Fact]
    public async Task One_more_than_the_open_limit_revokes_the_oldest()
    {
        var issued = new List<TransactionRecord>();
        for (var one = 0; one < 4; one++)
        {
            issued.Add(await IssueAsync(Explicit));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(
            [TransactionState.Revoked, TransactionState.Issued, TransactionState.Issued, TransactionState.Issued],
            await Task.WhenAll(issued.Select(record => StateAsync(record.Id))));
    }

    [Fact]
    public async Task What_was_issued_under_a_replaced_secret_is_still_the_users()
    {
        Secret old = new("the old secret of thirty-two bytes or more"u8), next = new("the next secret of thirty-two bytes or more"u8);
        var issued = await IssueAsync(Explicit, UserKey.OfIdentifier(GatewayKeys.From(old), "alice"));
        var alice = UserKey.OfIdentifier(GatewayKeys.From(next, old), "alice");
        var fresh = TransactionId.Issue(Keys, alice, _time.GetUtcNow());

        Assert.Equal(issued, await _ledger.NewestAsync(alice));
        Assert.Equal(SubmitOutcome.Accepted, (await _ledger.SubmitAsync(new SubmitCall(alice, issued.Id, fresh, null), Explicit)).Outcome);
        var bob = UserKey.OfIdentifier(GatewayKeys.From(next, old), "bob");
        Assert.Null(await _ledger.NewestAsync(bob));
        Assert.Equal(SubmitOutcome.Expired, (await _ledger.SubmitAsync(new SubmitCall(bob, issued.Id, fresh, null), Explicit)).Outcome);
    }

    [Fact]
    public async Task Another_users_transactions_do_not_count_as_open()
    {
        var mine = await IssueAsync(Explicit);
        for (var one = 0; one < 3; one++)
        {
            await IssueAsync(Explicit, Bob);
        }

        Assert.Equal(TransactionState.Issued, await StateAsync(mine.Id));
    }

    [Fact]
    public async Task What_was_submitted_is_no_longer_open()
    {
        var used = await IssueAsync(Explicit);
        await SubmitAsync(Explicit, used.Id);
        var first = await IssueAsync(Explicit);
        await IssueAsync(Explicit);
        await IssueAsync(Explicit);

        Assert.Equal((TransactionState.Submitted, TransactionState.Issued), (await StateAsync(used.Id), await StateAsync(first.Id)));
    }

    [Fact]
    public async Task What_expired_is_no_longer_open()
    {
        var old = await IssueAsync(Explicit);
        _time.Advance(TimeSpan.FromMinutes(10));
        await IssueAsync(Explicit);
        await IssueAsync(Explicit);
        await IssueAsync(Explicit);

        Assert.Equal(TransactionState.Expired, await StateAsync(old.Id));
    }

    [Fact]
    public async Task A_transaction_expires_when_its_time_to_submit_has_passed_and_not_before()
    {
        var record = await IssueAsync(Explicit);

        _time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Assert.Equal(TransactionState.Issued, await StateAsync(record.Id));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(TransactionState.Expired, await StateAsync(record.Id));
    }

    [Fact]
    public async Task A_held_open_transaction_takes_the_submission()
    {
        var record = await IssueAsync(Explicit);
        _time.Advance(TimeSpan.FromSeconds(30));

        var decision = await SubmitAsync(Explicit, record.Id);

        Assert.Equal(SubmitOutcome.Accepted, decision.Outcome);
        Assert.Equal((record.Id, TransactionState.Submitted, 1), (decision.Record!.Id, decision.Record.State, decision.Record.Uses));
        Assert.Equal(_time.GetUtcNow(), decision.Record.SubmittedAt);
        Assert.Equal(decision.Record, await _ledger.FindAsync(record.Id));
    }

    [Theory]
    [InlineData("none", "Issued", "Required")]
    [InlineData("issued", "Accepted", "Accepted")]
    [InlineData("submitted", "Issued", "Used")]
    [InlineData("given back", "Accepted", "Accepted")]
    [InlineData("finished", "Issued", "Used")]
    [InlineData("closed", "Issued", "Used")]
    [InlineData("expired", "Issued", "Expired")]
    [InlineData("revoked", "Issued", "Expired")]
    [InlineData("unknown", "Issued", "Expired")]
    [InlineData("forgotten", "Issued", "Expired")]
    [InlineData("another user's", "Issued", "Expired")]
    [InlineData("whose attempt was spent", "Issued", "Used")]
    public async Task Every_state_has_its_answer(string held, string whereImplicit, string whereExplicit)
    {
        foreach (var (policy, expected) in new[] { (Implicit, whereImplicit), (Explicit, whereExplicit) })
        {
            var id = await HeldAsync(held, policy);
            var fresh = Fresh();
            var attempt = held == "whose attempt was spent" ? fresh : id ?? fresh;

            var decision = await _ledger.SubmitAsync(new SubmitCall(Alice, id, fresh, new AttemptRef(attempt, Attempts, Alice)), policy);

            Assert.Equal(Enum.Parse<SubmitOutcome>(expected), decision.Outcome);
            Assert.Equal(decision.Outcome switch { SubmitOutcome.Accepted => id, SubmitOutcome.Issued => fresh, _ => null }, decision.Record?.Id);
        }
    }

    [Fact]
    public async Task A_check_of_two_uploads_takes_two_and_not_three()
    {
        var policy = Explicit with { Uploads = 2 };
        var record = await IssueAsync(policy);

        Assert.Equal(SubmitOutcome.Accepted, (await SubmitAsync(policy, record.Id)).Outcome);
        Assert.Equal(SubmitOutcome.Accepted, (await SubmitAsync(policy, record.Id)).Outcome);
        Assert.Equal(SubmitOutcome.Used, (await SubmitAsync(policy, record.Id)).Outcome);
    }

    [Fact]
    public async Task Of_forty_submissions_under_one_transaction_one_is_taken()
    {
        for (var round = 0; round < 10; round++)
        {
            var record = await IssueAsync(Explicit);

            var decisions = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => SubmitAsync(Explicit, record.Id))));

            Assert.Single(decisions, decision => decision.Outcome is SubmitOutcome.Accepted);
            Assert.Equal(39, decisions.Count(decision => decision.Outcome is SubmitOutcome.Used));
        }
    }

    [Fact]
    public async Task A_use_is_given_back_three_times_and_no_more()
    {
        var record = await IssueAsync(Explicit);
        for (var use = 0; use < 3; use++)
        {
            Assert.Equal(SubmitOutcome.Accepted, (await SubmitAsync(Explicit, record.Id)).Outcome);
            Assert.True(await _ledger.GiveBackAsync(record.Id));
        }

        await SubmitAsync(Explicit, record.Id);

        Assert.False(await _ledger.GiveBackAsync(record.Id));
        Assert.Equal(TransactionState.Submitted, await StateAsync(record.Id));
    }

    [Fact]
    public async Task Only_a_submission_that_runs_is_given_back()
    {
        var issued = await IssueAsync(Explicit);
        var finished = await IssueAsync(Explicit);
        await SubmitAsync(Explicit, finished.Id);
        await _ledger.FinishAsync(finished.Id);

        Assert.False(await _ledger.GiveBackAsync(issued.Id));
        Assert.False(await _ledger.GiveBackAsync(finished.Id));
        Assert.False(await _ledger.GiveBackAsync(Fresh()));
    }

    [Fact]
    public async Task Giving_back_the_second_of_two_uploads_leaves_it_submitted()
    {
        var policy = Explicit with { Uploads = 2 };
        var record = await IssueAsync(policy);
        await SubmitAsync(policy, record.Id);
        await SubmitAsync(policy, record.Id);

        Assert.True(await _ledger.GiveBackAsync(record.Id));

        Assert.Equal(TransactionState.Submitted, await StateAsync(record.Id));
        Assert.Equal(1, (await _ledger.FindAsync(record.Id))!.Uses);
    }

    [Fact]
    public async Task Of_forty_closers_one_wins()
    {
        for (var round = 0; round < 10; round++)
        {
            var record = await IssueAsync(Explicit);
            await SubmitAsync(Explicit, record.Id);

            var closed = await Task.WhenAll(Enumerable.Range(0, 40).Select(closer => Task.Run(() =>
                _ledger.CloseAsync(record.Id, closer % 2 == 0 ? CheckOutcome.Succeeded : CheckOutcome.Declined).AsTask())));

            var winner = Assert.Single(closed, answer => answer is not null)!;
            var remembered = await _ledger.FindAsync(record.Id);
            Assert.Equal((winner.Outcome, TransactionState.Finished), (remembered!.Outcome, remembered.State));
        }
    }

    [Fact]
    public async Task What_was_never_submitted_cannot_be_closed_or_finished()
    {
        var record = await IssueAsync(Explicit);
        await _ledger.FinishAsync(record.Id);

        Assert.Null(await _ledger.CloseAsync(record.Id, CheckOutcome.Succeeded));
        Assert.Null(await _ledger.CloseAsync(Fresh(), CheckOutcome.Succeeded));
        Assert.Equal(TransactionState.Issued, await StateAsync(record.Id));
    }

    [Fact]
    public async Task What_the_adapter_called_finished_can_still_be_closed_with_its_outcome()
    {
        var record = await IssueAsync(Explicit);
        await SubmitAsync(Explicit, record.Id);
        await _ledger.FinishAsync(record.Id);

        Assert.Equal(CheckOutcome.Declined, (await _ledger.CloseAsync(record.Id, CheckOutcome.Declined))!.Outcome);
    }

    [Fact]
    public async Task A_suspected_relay_stays_on_the_transaction()
    {
        var record = await IssueAsync(Explicit);
        await _ledger.SuspectRelayAsync(record.Id);
        await SubmitAsync(Explicit, record.Id);

        Assert.True((await _ledger.FindAsync(record.Id))!.RelaySuspected);
    }

    [Fact]
    public async Task The_newest_transaction_is_the_users_own()
    {
        Assert.Null(await _ledger.NewestAsync(Alice));
        await IssueAsync(Explicit);
        var newest = await IssueAsync(Explicit);
        await IssueAsync(Explicit, Bob);

        Assert.Equal(newest.Id, (await _ledger.NewestAsync(Alice))!.Id);
    }

    [Fact]
    public async Task When_the_time_to_read_is_over_everything_is_forgotten()
    {
        var record = await IssueAsync(Implicit);
        await SubmitAsync(Implicit, record.Id);
        await SubmitAsync(Implicit, held: null);
        await IssueAsync(Implicit, Bob);
        Assert.Equal(3, _ledger.Count);

        _time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromTicks(1));
        Assert.NotNull(await _ledger.FindAsync(record.Id));
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Null(await _ledger.FindAsync(record.Id));
        Assert.Null(await _ledger.NewestAsync(Alice));
        Assert.Equal(0, _ledger.Count);
    }

    [Fact]
    public async Task Forgetting_one_users_past_leaves_the_others_alone()
    {
        await IssueAsync(Implicit);
        _time.Advance(TimeSpan.FromHours(1));
        var later = await IssueAsync(Implicit);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(later.Id, (await _ledger.NewestAsync(Alice))!.Id);
        Assert.Equal(1, _ledger.Count);
    }

    [Fact]
    public async Task A_submission_takes_the_claims_of_its_token_else_those_of_its_issue()
    {
        var policy = Explicit with { Claims = [new("iin", "national_id")], Uploads = 2 };
        var record = await _ledger.IssueAsync(Alice, Fresh(), policy, Said("of the issue"));

        var ticketAlone = await _ledger.SubmitAsync(new SubmitCall(Alice, record.Id, Fresh(), null), policy);
        var withToken = await _ledger.SubmitAsync(new SubmitCall(Alice, record.Id, Fresh(), null) { Claims = Said("of the call") }, policy);

        Assert.Equal("of the issue", ticketAlone.Record!.Claims.Find("national_id"));
        Assert.Equal("of the call", withToken.Record!.Claims.Find("national_id"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_submission_without_the_claims_it_must_carry_uses_nothing_up(bool isImplicit)
    {
        var policy = (isImplicit ? Implicit : Explicit) with { Claims = [new("iin", "national_id")] };
        var record = await _ledger.IssueAsync(Alice, Fresh(), policy);

        Assert.Equal(SubmitOutcome.ClaimMissing, (await _ledger.SubmitAsync(new SubmitCall(Alice, record.Id, Fresh(), null), policy)).Outcome);
        Assert.Equal(SubmitOutcome.Accepted, (await _ledger.SubmitAsync(new SubmitCall(Alice, record.Id, Fresh(), null) { Claims = Said("now") }, policy)).Outcome);
    }

    [Fact]
    public async Task What_another_users_token_said_is_not_taken()
    {
        var policy = Implicit with { Claims = [new("iin", "national_id")] };
        var others = await _ledger.IssueAsync(Bob, TransactionId.Issue(Keys, Bob, _time.GetUtcNow()), policy, Said("of bob"));

        Assert.Equal(SubmitOutcome.ClaimMissing, (await _ledger.SubmitAsync(new SubmitCall(Alice, others.Id, Fresh(), null), policy)).Outcome);
    }

    private static ClaimValues Said(string value) => ClaimValues.Of(["national_id"], new Dictionary<string, object> { ["national_id"] = value })!;

    internal static TransactionPolicy Implicit { get; } = new()
    {
        Issue = TransactionIssue.Implicit,
        OnForeignId = ForeignIdAction.Replace,
        SubmitWithin = TimeSpan.FromMinutes(10),
        ReadWithin = TimeSpan.FromHours(2),
        Uploads = 1,
        OpenLimit = 3,
        Metadata = [],
        Set = [new("transaction_id", MetadataValue.TransactionId)],
        Strip = [],
        Limits = new PayloadLimits(),
    };

    private static TransactionPolicy Explicit { get; } = Implicit with { Issue = TransactionIssue.Explicit, OnForeignId = ForeignIdAction.Refuse };

    private TransactionId Fresh() => TransactionId.Issue(Keys, Alice, _time.GetUtcNow());

    private async Task<TransactionRecord> IssueAsync(TransactionPolicy policy, UserKey? user = null) =>
        await _ledger.IssueAsync(user ?? Alice, TransactionId.Issue(Keys, user ?? Alice, _time.GetUtcNow()), policy);

    private async Task<SubmitDecision> SubmitAsync(TransactionPolicy policy, TransactionId? held) =>
        await _ledger.SubmitAsync(new SubmitCall(Alice, held, Fresh(), null), policy);

    private async Task<TransactionState> StateAsync(TransactionId id) => (await _ledger.FindAsync(id))!.State;

    private async Task<TransactionId?> HeldAsync(string held, TransactionPolicy policy)
    {
        if (held is "none" or "unknown")
        {
            return held == "none" ? null : Fresh();
        }

        var record = await IssueAsync(policy, held == "another user's" ? Bob : Alice);
        switch (held)
        {
            case "submitted" or "given back" or "finished" or "closed":
                await SubmitAsync(policy, record.Id);
                break;
            case "expired":
                _time.Advance(policy.SubmitWithin);
                break;
            case "forgotten":
                _time.Advance(policy.ReadWithin);
                break;
            case "revoked":
                for (var one = 0; one < policy.OpenLimit; one++)
                {
                    await IssueAsync(policy);
                }

                break;
        }

        await (held switch
        {
            "given back" => _ledger.GiveBackAsync(record.Id).AsTask(),
            "finished" => _ledger.FinishAsync(record.Id).AsTask(),
            "closed" => _ledger.CloseAsync(record.Id, CheckOutcome.Declined).AsTask(),
            _ => Task.CompletedTask,
        });
        return record.Id;
    }
}
