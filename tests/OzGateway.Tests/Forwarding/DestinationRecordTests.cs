using Microsoft.Extensions.Time.Testing;
using OzGateway.Forwarding;

namespace OzGateway.Tests.Forwarding;

public sealed class DestinationRecordTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly DestinationRecord _record;

    public DestinationRecordTests() => _record = new DestinationRecord(_time);

    [Fact]
    public void A_call_that_did_not_reach_it_is_a_suspicion_for_a_while()
    {
        Assert.Equal(Reachability.Suspected, _record.NotReached());
        _time.Advance(DestinationRecord.Suspicion - TimeSpan.FromMilliseconds(1));
        Assert.Equal(Reachability.Suspected, _record.State);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(Reachability.Up, _record.State);
    }

    [Fact]
    public void An_answered_call_clears_it_at_once()
    {
        _record.NotReached();

        Assert.Equal(Reachability.Up, _record.Reached());
    }

    [Fact]
    public void A_state_is_news_once()
    {
        Assert.Equal([Reachability.Suspected, null, null, Reachability.Up, null], (Reachability?[])[
            _record.NotReached(), _record.NotReached(), _record.NotReached(), _record.Reached(), _record.Reached()]);
    }

    [Fact]
    public void Its_sessions_are_lost_when_it_was_not_reached_for_long()
    {
        _record.NotReached();
        _time.Advance(DestinationRecord.Patience);
        Assert.False(_record.IsLost); // nobody has asked since

        _record.NotReached();
        Assert.True(_record.IsLost);

        _record.Reached();
        Assert.False(_record.IsLost);
    }

    [Fact]
    public void Two_failed_probes_put_it_down_and_one_brings_it_back()
    {
        Assert.Equal([null, Reachability.Down, null, Reachability.Up], (Reachability?[])[
            _record.Probed(succeeded: false), _record.Probed(succeeded: false), _record.Probed(succeeded: false), _record.Probed(succeeded: true)]);
    }

    [Fact]
    public void A_probe_between_two_failures_makes_them_two_beginnings()
    {
        _record.Probed(succeeded: false);
        _record.Probed(succeeded: true);
        _record.Probed(succeeded: false);

        Assert.Equal(Reachability.Up, _record.State);
    }
}
