using Microsoft.Extensions.Time.Testing;
using OzGateway.Attempts;
using OzGateway.Identity;
using OzGateway.Transactions;

namespace OzGateway.Tests.Transactions;

/// <summary>News of a check settles its attempt, once, by what the check came to.</summary>
public sealed class TransactionClosingTests
{
    private static readonly GatewayKeys Keys = GatewayKeys.Ephemeral();
    private static readonly UserKey Alice = UserKey.OfIdentifier(Keys, "alice");

    private readonly InMemoryAttemptLimiter _limiter;
    private readonly InMemoryTransactionLedger _ledger;
    private readonly TransactionClosing _closing;

    public TransactionClosingTests()
    {
        var time = new FakeTimeProvider();
        _limiter = new InMemoryAttemptLimiter(time);
        _ledger = new InMemoryTransactionLedger(time);
        _closing = new TransactionClosing(_ledger, _limiter);
    }

    [Theory]
    [InlineData("Started", "Succeeded", "Exceeded")]
    [InlineData("Started", "Declined", "Exceeded")]
    [InlineData("Started", "Failed", "Allowed")]
    [InlineData("Failed", "Succeeded", "Allowed")]
    [InlineData("Failed", "Declined", "Exceeded")]
    [InlineData("Failed", "Failed", "Allowed")]
    public async Task The_outcome_says_what_the_attempt_costs(string count, string outcome, string next)
    {
        var policy = Policy(Enum.Parse<AttemptCount>(count));
        var record = await SubmittedAsync(policy);

        await _closing.CloseAsync(record.Id, Enum.Parse<CheckOutcome>(outcome), CancellationToken.None);

        Assert.Equal(Enum.Parse<AttemptOutcome>(next), await NextAsync(policy));
    }

    [Theory]
    [InlineData("Declined", "Succeeded", "Exceeded")]
    [InlineData("Declined", "Failed", "Exceeded")]
    [InlineData("Succeeded", "Declined", "Allowed")]
    public async Task The_first_news_stands(string first, string second, string next)
    {
        var policy = Policy(AttemptCount.Failed);
        var record = await SubmittedAsync(policy);

        await _closing.CloseAsync(record.Id, Enum.Parse<CheckOutcome>(first), CancellationToken.None);
        await _closing.CloseAsync(record.Id, Enum.Parse<CheckOutcome>(second), CancellationToken.None);

        Assert.Equal(Enum.Parse<AttemptOutcome>(next), await NextAsync(policy));
    }

    [Fact]
    public async Task What_never_reached_the_adapter_is_given_back_with_its_attempt()
    {
        var policy = Policy(AttemptCount.Started);
        var record = await SubmittedAsync(policy);

        Assert.True(await _closing.GiveBackAsync(record, CancellationToken.None));

        Assert.Equal(TransactionState.Issued, (await _ledger.FindAsync(record.Id))!.State);
        Assert.Equal(AttemptOutcome.Allowed, await NextAsync(policy));
    }

    [Fact]
    public async Task What_is_closed_is_not_given_back()
    {
        var policy = Policy(AttemptCount.Started);
        var record = await SubmittedAsync(policy);
        await _closing.CloseAsync(record.Id, CheckOutcome.Declined, CancellationToken.None);

        Assert.False(await _closing.GiveBackAsync(record, CancellationToken.None));

        Assert.Equal(AttemptOutcome.Exceeded, await NextAsync(policy));
    }

    [Fact]
    public async Task News_of_an_unknown_transaction_changes_nothing()
    {
        var policy = Policy(AttemptCount.Failed);
        await SubmittedAsync(policy);

        await _closing.CloseAsync(TransactionId.Issue(Keys, Alice, DateTimeOffset.UnixEpoch), CheckOutcome.Succeeded, CancellationToken.None);

        Assert.Equal(AttemptOutcome.Exceeded, await NextAsync(policy));
    }

    [Fact]
    public async Task A_finished_check_leaves_its_attempt_pending()
    {
        var policy = Policy(AttemptCount.Failed);
        var record = await SubmittedAsync(policy);

        await _closing.FinishAsync(record.Id);

        Assert.Equal(TransactionState.Finished, (await _ledger.FindAsync(record.Id))!.State);
        Assert.Equal(AttemptOutcome.Exceeded, await NextAsync(policy));
    }

    private static AttemptPolicy Policy(AttemptCount count) =>
        new() { Budget = "default", Count = count, Windows = [new AttemptWindow(1, TimeSpan.FromMinutes(15))] };

    private async Task<TransactionRecord> SubmittedAsync(AttemptPolicy policy)
    {
        var id = TransactionId.Issue(Keys, Alice, DateTimeOffset.UnixEpoch);
        var attempt = await _limiter.AcquireAsync(new AttemptCall(Alice, null, id), policy, CancellationToken.None);
        var call = new SubmitCall(Alice, null, id, new AttemptRef(attempt.Attempt, policy, Alice));
        return (await _ledger.SubmitAsync(call, InMemoryTransactionLedgerTests.Implicit)).Record!;
    }

    private async Task<AttemptOutcome> NextAsync(AttemptPolicy policy)
    {
        var fresh = TransactionId.Issue(Keys, Alice, DateTimeOffset.UnixEpoch);
        return (await _limiter.AcquireAsync(new AttemptCall(Alice, null, fresh), policy, CancellationToken.None)).Outcome;
    }
}
