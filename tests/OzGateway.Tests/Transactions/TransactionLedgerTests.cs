using Microsoft.Extensions.Time.Testing;
using OzGateway.Attempts;
using OzGateway.Identity;
using OzGateway.Transactions;

namespace OzGateway.Tests.Transactions;

/// <summary>What the ledger remembers, takes, gives back and forgets.</summary>
public sealed class TransactionLedgerTests
{
    private static readonly GatewayKeys Keys = GatewayKeys.Ephemeral();
    private static readonly UserKey Alice = UserKey.OfIdentifier(Keys, "alice");
    private static readonly UserKey Bob = UserKey.OfIdentifier(Keys, "bob");

    private readonly FakeTimeProvider _time = new();
    private readonly InMemoryTransactionLedger _ledger;

    public TransactionLedgerTests() => _ledger = new InMemoryTransactionLedger(_time);

    [Fact]
    public async Task An_open_transaction_takes_one_submission()
    {
        var held = (await _ledger.IssueAsync(Alice, Fresh(), Policy())).Id;

        Assert.Equal(SubmitOutcome.Accepted, (await SubmitAsync(held)).Outcome);
        Assert.Equal(SubmitOutcome.Used, (await SubmitAsync(held)).Outcome);
        Assert.Equal(SubmitOutcome.Issued, (await SubmitAsync(held, TransactionIssue.Implicit)).Outcome);
        Assert.Equal(SubmitOutcome.Required, (await SubmitAsync(null)).Outcome);
    }

    [Fact]
    public async Task What_is_over_revoked_unknown_or_anothers_takes_none()
    {
        var over = (await _ledger.IssueAsync(Alice, Fresh(), Policy())).Id;
        _time.Advance(TimeSpan.FromMinutes(10));
        var revoked = (await _ledger.IssueAsync(Alice, Fresh(), Policy())).Id;
        for (var issue = 0; issue < 3; issue++)
        {
            await _ledger.IssueAsync(Alice, Fresh(), Policy());
        }

        Assert.All(
            [(await SubmitAsync(over)).Outcome, (await SubmitAsync(revoked)).Outcome, (await SubmitAsync(Fresh())).Outcome, (await SubmitAsync(revoked, user: Bob)).Outcome],
            outcome => Assert.Equal(SubmitOutcome.Expired, outcome));
        Assert.Equal(TransactionState.Expired, (await _ledger.FindAsync(over))!.State);
        Assert.Equal(TransactionState.Revoked, (await _ledger.FindAsync(revoked))!.State);
    }

    [Fact]
    public async Task A_use_is_given_back_three_times_at_most()
    {
        var held = (await _ledger.IssueAsync(Alice, Fresh(), Policy())).Id;
        for (var back = 0; back < 3; back++)
        {
            Assert.Equal(SubmitOutcome.Accepted, (await SubmitAsync(held)).Outcome);
            Assert.True(await _ledger.GiveBackAsync(held));
        }

        Assert.Equal(SubmitOutcome.Accepted, (await SubmitAsync(held)).Outcome);
        Assert.False(await _ledger.GiveBackAsync(held));
        Assert.Equal(SubmitOutcome.Used, (await SubmitAsync(held)).Outcome);
    }

    [Fact]
    public async Task Of_forty_who_close_one_wins_and_the_attempt_is_settled_by_it()
    {
        var limiter = new InMemoryAttemptLimiter(_time);
        var closing = new TransactionClosing(_ledger, limiter);
        var attempts = new AttemptPolicy { Budget = "default", Count = AttemptCount.Failed, Windows = [new AttemptWindow(1, TimeSpan.FromMinutes(15))] };
        var decision = await limiter.AcquireAsync(new AttemptCall(Alice, null, Fresh()), attempts, CancellationToken.None);
        var record = (await _ledger.SubmitAsync(
            new SubmitCall(Alice, null, decision.Attempt, new AttemptRef(decision.Attempt, attempts)), Policy(TransactionIssue.Implicit))).Record!;

        var winners = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(async () => await _ledger.CloseAsync(record.Id, CheckOutcome.Succeeded))));
        Assert.Single(winners, winner => winner is not null);
        await closing.CloseAsync(record.Id, CheckOutcome.Declined, CancellationToken.None); // too late: settles nothing

        Assert.Equal(AttemptOutcome.Exceeded, (await limiter.AcquireAsync(new AttemptCall(Alice, null, Fresh()), attempts, CancellationToken.None)).Outcome);
    }

    [Fact]
    public async Task Transactions_are_forgotten_when_nobody_may_read_them_any_more()
    {
        var id = (await _ledger.IssueAsync(Alice, Fresh(), Policy())).Id;
        _time.Advance(TimeSpan.FromHours(2));

        Assert.Null(await _ledger.FindAsync(id));
        Assert.Null(await _ledger.NewestAsync(Alice));
        Assert.Equal(0, _ledger.Count);
    }

    private static TransactionId Fresh() => TransactionId.Issue(Keys, Alice, DateTimeOffset.UnixEpoch);

    private static TransactionPolicy Policy(TransactionIssue issue = TransactionIssue.Explicit) => new()
    {
        Issue = issue,
        OnForeignId = ForeignIdAction.Refuse,
        SubmitWithin = TimeSpan.FromMinutes(10),
        ReadWithin = TimeSpan.FromHours(2),
        Uploads = 1,
        OpenLimit = 3,
        Metadata = [],
        Set = [],
        Strip = [],
        Limits = new(),
    };

    private async Task<SubmitDecision> SubmitAsync(TransactionId? held, TransactionIssue issue = TransactionIssue.Explicit, UserKey? user = null) =>
        await _ledger.SubmitAsync(new SubmitCall(user ?? Alice, held, Fresh(), null), Policy(issue));
}
