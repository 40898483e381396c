using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using OzGateway.Identity;
using OzGateway.OzApi;
using OzGateway.Verdicts;

namespace OzGateway.Tests.Verdicts;

/// <summary>One poll for however many wait.</summary>
public sealed class VerdictWaiterTests
{
    private static readonly VerdictDecision Processing = new(VerdictOutcome.Processing);
    private static readonly VerdictDecision Success = new(VerdictOutcome.Success);
    private static readonly GatewayKeys Keys = GatewayKeys.Ephemeral();

    private readonly CountingTime _time = new();
    private readonly TransactionId _id = TransactionId.Issue(Keys, UserKey.OfIdentifier(Keys, "alice"), TimeProvider.System.GetUtcNow());
    private readonly List<int> _askedAt = [];

    private Func<VerdictDecision> Answer { get; set; } = () => Processing;

    [Fact]
    public async Task Oz_is_asked_at_once_then_after_1_2_4_and_every_8_seconds()
    {
        var waiter = new VerdictWaiter(_time);
        var asking = waiter.AskAsync(_id, AskAsync, TimeSpan.FromSeconds(40), CancellationToken.None);

        await PassAsync(seconds: 40, waiters: 1);

        Assert.Equal(VerdictOutcome.Processing, (await asking).Outcome);
        Assert.Equal([0, 1, 3, 7, 15, 23, 31, 39], _askedAt);
        Assert.Equal(0, waiter.Count);
    }

    [Fact]
    public async Task Many_who_wait_are_answered_by_one_poll()
    {
        var waiter = new VerdictWaiter(_time);
        var asking = Enumerable.Range(0, 50).Select(_ => waiter.AskAsync(_id, AskAsync, TimeSpan.FromSeconds(20), CancellationToken.None)).ToList();
        await PassAsync(seconds: 6, waiters: 50);

        Answer = () => Success;
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.All(await Task.WhenAll(asking), decision => Assert.Equal(VerdictOutcome.Success, decision.Outcome));
        Assert.Equal([0, 1, 3, 7], _askedAt);
    }

    [Fact]
    public async Task Without_a_wish_to_wait_the_first_answer_is_the_answer()
    {
        Assert.Equal(VerdictOutcome.Processing, (await new VerdictWaiter(_time).AskAsync(_id, AskAsync, TimeSpan.Zero, CancellationToken.None)).Outcome);
        Assert.Equal([0], _askedAt);
    }

    [Theory]
    [InlineData("Success", null)]
    [InlineData("Declined", null)]
    [InlineData("Failed", "unknown_status")]
    [InlineData("Ambiguous", "several_folders")]
    [InlineData("OperatorRequired", null)]
    [InlineData("NotAvailable", "oz_api_not_configured")]
    [InlineData("NotFound", "revoked")]
    [InlineData("NotFound", "expired")]
    public async Task What_waiting_cannot_change_is_answered_at_once(string outcome, string? reason)
    {
        Answer = () => new VerdictDecision(Enum.Parse<VerdictOutcome>(outcome), reason);

        Assert.Equal(reason, (await new VerdictWaiter(_time).AskAsync(_id, AskAsync, TimeSpan.FromSeconds(20), CancellationToken.None)).Reason);
        Assert.Equal([0], _askedAt);
    }

    [Fact]
    public async Task Who_gives_up_stops_the_poll_only_if_nobody_else_waits()
    {
        var waiter = new VerdictWaiter(_time);
        using var gone = new CancellationTokenSource();
        var leaving = waiter.AskAsync(_id, AskAsync, TimeSpan.FromSeconds(20), gone.Token);
        var staying = waiter.AskAsync(_id, AskAsync, TimeSpan.FromSeconds(20), CancellationToken.None);
        await PassAsync(seconds: 0, waiters: 2);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        Assert.Equal(1, waiter.Count);

        Answer = () => Success;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(VerdictOutcome.Success, (await staying).Outcome);
    }

    [Fact]
    public async Task A_poll_that_nobody_waits_for_is_over()
    {
        var waiter = new VerdictWaiter(_time);
        using var gone = new CancellationTokenSource();
        var stopped = new TaskCompletionSource();
        var asking = waiter.AskAsync(_id, Hang, TimeSpan.FromSeconds(20), gone.Token);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await stopped.Task;
        Assert.Equal(0, waiter.Count);

        async Task<VerdictDecision> Hang(CancellationToken stop)
        {
            await using var registration = stop.Register(stopped.SetResult);
            await Task.Delay(Timeout.Infinite, stop);
            return Processing;
        }
    }

    [Fact]
    public async Task Trouble_at_Oz_is_waited_through_and_told_if_it_stays()
    {
        var waiter = new VerdictWaiter(_time);
        Answer = () => throw new OzApiException("status");
        await Assert.ThrowsAsync<OzApiException>(() => waiter.AskAsync(_id, AskAsync, TimeSpan.Zero, CancellationToken.None));

        var asking = waiter.AskAsync(_id, AskAsync, TimeSpan.FromSeconds(2), CancellationToken.None);
        await PassAsync(seconds: 2, waiters: 1);
        Assert.Equal("status", (await Assert.ThrowsAsync<OzApiException>(() => asking)).Reason);
    }

    [Fact]
    public async Task What_nobody_foresaw_reaches_everybody_who_waits()
    {
        var waiter = new VerdictWaiter(_time);
        Answer = () => throw new InvalidOperationException("unforeseen");

        var asking = Enumerable.Range(0, 3).Select(_ => waiter.AskAsync(_id, AskAsync, TimeSpan.FromSeconds(20), CancellationToken.None)).ToList();

        foreach (var one in asking)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => one);
        }

        Assert.Equal(0, waiter.Count);
    }

    private Task<VerdictDecision> AskAsync(CancellationToken cancellationToken)
    {
        _askedAt.Add((int)Math.Round((_time.GetUtcNow() - CountingTime.Noon).TotalSeconds));
        return Task.FromResult(Answer());
    }

    // Time may go on only when the poll has set its next alarm and everybody who waits has set theirs.
    private async Task PassAsync(int seconds, int waiters)
    {
        int[] due = [0, 1, 3, 7, 15, 23, 31, 39];
        for (var second = 0; ; second++)
        {
            var polls = due.Count(at => at <= second);
            while (_askedAt.Count < polls || (second < seconds && _time.Timers < polls * (1 + waiters)))
            {
                await Task.Yield();
            }

            if (second == seconds)
            {
                return;
            }

            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private sealed class CountingTime() : FakeTimeProvider(Noon)
    {
        public static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-11-24T12:00:00Z", CultureInfo.InvariantCulture);

        private int _timers;

        public int Timers => Volatile.Read(ref _timers);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref _timers);
            return timer;
        }
    }
}
