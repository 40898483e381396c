using Microsoft.Extensions.Time.Testing;
using OzGateway.Redis;

namespace OzGateway.Tests.Redis;

/// <summary>When calls are kept away from a server that does not answer.</summary>
public sealed class RedisBreakerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RedisBreaker _breaker;

    public RedisBreakerTests() => _breaker = new RedisBreaker(_time);

    [Fact]
    public void Two_failures_keep_nobody_away_and_the_third_does()
    {
        _breaker.Fail();
        _breaker.Fail();
        Assert.True(_breaker.MayGo());
        _breaker.Fail();

        Assert.False(_breaker.MayGo());
    }

    [Fact]
    public void One_call_at_a_time_goes_to_see_whether_it_is_back()
    {
        Open();
        _time.Advance(TimeSpan.FromMilliseconds(500));

        Assert.True(_breaker.MayGo());
        Assert.False(_breaker.MayGo());
        _breaker.Fail();
        Assert.False(_breaker.MayGo());
    }

    [Fact]
    public void One_answer_lets_everybody_through_again()
    {
        Open();
        _breaker.Succeed();

        Assert.True(_breaker.MayGo());
        Assert.False(_breaker.IsOpen);
    }

    private void Open()
    {
        for (var failure = 0; failure < 3; failure++)
        {
            _breaker.Fail();
        }
    }
}
