using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;
using OzGateway.Forwarding;

namespace OzGateway.Tests.Forwarding;

public sealed class DeadlineFeatureTests : IDisposable
{
    private static readonly CallTimes Times = new(Total: TimeSpan.FromSeconds(30), FirstByte: TimeSpan.FromSeconds(15), Silence: TimeSpan.FromSeconds(5)) { Taking = TimeSpan.FromSeconds(20) };

    private readonly FakeTimeProvider _time = new();
    private readonly Client _client = new();
    private readonly DeadlineFeature _deadline;

    public DeadlineFeatureTests() => _deadline = new DeadlineFeature(_client, Times, _time);

    public void Dispose()
    {
        _deadline.Dispose();
        _client.Dispose();
    }

    [Fact]
    public void The_whole_time_ends_the_call()
    {
        _time.Advance(Times.Total - TimeSpan.FromMilliseconds(1));
        Assert.Null(Passed());

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(UpstreamLimit.Total, Passed());
    }

    [Fact]
    public void The_wait_for_the_answer_begins_when_the_request_is_sent()
    {
        _time.Advance(TimeSpan.FromSeconds(14));
        _deadline.RequestSent();
        _time.Advance(TimeSpan.FromSeconds(14));
        Assert.Null(Passed());

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(UpstreamLimit.FirstByte, Passed());
    }

    [Fact]
    public void The_wait_ends_when_the_answer_begins()
    {
        _deadline.RequestSent();
        _deadline.AnswerBegan();
        _time.Advance(TimeSpan.FromSeconds(29));

        Assert.Null(Passed());
    }

    [Fact]
    public void Who_answers_before_the_request_was_sent_is_not_waited_for()
    {
        _deadline.AnswerBegan();
        _deadline.RequestSent();
        _time.Advance(TimeSpan.FromSeconds(29));

        Assert.Null(Passed());
    }

    [Fact]
    public void Silence_counts_while_bytes_are_due_and_begins_anew_with_each()
    {
        for (var read = 0; read < 4; read++)
        {
            _deadline.Answering(due: true);
            _time.Advance(TimeSpan.FromSeconds(4));
            _deadline.Answering(due: false);
        }

        _time.Advance(TimeSpan.FromSeconds(6)); // nobody asked for bytes
        Assert.Null(Passed());

        _deadline.Answering(due: true);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(UpstreamLimit.Silence, Passed());
    }

    [Fact]
    public void An_adapter_that_stops_taking_the_request_is_silent()
    {
        _deadline.Sending(due: true);
        _deadline.Answering(due: true);
        _time.Advance(TimeSpan.FromSeconds(4));
        _deadline.Answering(due: false);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(UpstreamLimit.Silence, Passed());
    }

    [Fact]
    public void A_client_that_takes_nothing_is_sent_away_and_is_no_fault_of_the_adapter()
    {
        for (var piece = 0; piece < 3; piece++)
        {
            _deadline.Taking(due: true);
            _time.Advance(TimeSpan.FromSeconds(1));
            _deadline.Taking(due: false);
        }

        _deadline.Taking(due: true);
        _time.Advance(TimeSpan.FromSeconds(20) - TimeSpan.FromMilliseconds(1));
        Assert.False(_deadline.IsClientStalled);
        Assert.Null(Passed());

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(_deadline.IsClientStalled);
        Assert.True(_client.RequestAborted.IsCancellationRequested);
        Assert.Null(_deadline.Passed);
    }

    [Fact]
    public void A_client_that_goes_away_is_no_fault_of_the_adapter()
    {
        _client.Leave();
        _time.Advance(Times.Total);

        Assert.True(_deadline.RequestAborted.IsCancellationRequested);
        Assert.Null(_deadline.Passed);
    }

    [Fact]
    public void What_is_told_after_the_call_is_over_is_ignored()
    {
        _deadline.Dispose();

        _deadline.Sending(due: true);
        _deadline.Taking(due: true);
        _deadline.RequestSent();
        _time.Advance(Times.Total);

        Assert.Null(_deadline.Passed);
        Assert.False(_client.RequestAborted.IsCancellationRequested);
    }

    private UpstreamLimit? Passed()
    {
        Assert.Equal(_deadline.Passed is not null, _deadline.RequestAborted.IsCancellationRequested);
        return _deadline.Passed;
    }

    private sealed class Client : IHttpRequestLifetimeFeature, IDisposable
    {
        private readonly CancellationTokenSource _gone = new();

        public Client() => RequestAborted = _gone.Token;

        public CancellationToken RequestAborted { get; set; }

        public void Leave() => _gone.Cancel();

        public void Abort() => _gone.Cancel();

        public void Dispose() => _gone.Dispose();
    }
}
