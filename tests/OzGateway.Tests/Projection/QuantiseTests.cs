using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OzGateway.Problems;
using OzGateway.Projection;

namespace OzGateway.Tests.Projection;

/// <summary>Answers that leave at full steps of time.</summary>
public sealed class QuantiseTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly StartingResponse _response = new();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 249)]
    [InlineData(249, 1)]
    [InlineData(250, 0)]
    [InlineData(260, 240)]
    public async Task An_answer_waits_for_its_step(int workedFor, int waits)
    {
        await BeginAsync(isOn: true, workedFor);

        var first = _response.StartAsync();
        if (waits > 0)
        {
            _time.Advance(TimeSpan.FromMilliseconds(waits - 1));
            Assert.False(first.IsCompleted);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        await first;
    }

    [Fact]
    public async Task Without_a_step_it_leaves_at_once()
    {
        await BeginAsync(isOn: false, 7);

        Assert.True(_response.StartAsync().IsCompletedSuccessfully);
    }

    private async Task BeginAsync(bool isOn, int workedFor)
    {
        var errors = new ConfigurationErrors();
        var policy = ProjectionPolicy.Create(new ProjectionOptions { Quantise = !isOn ? null : TimeSpan.FromMilliseconds(250) }, "projection", new HashSet<string>(), errors);
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseFeature>(_response);
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(policy!), null));
        var guard = new ProjectionGuardMiddleware(
            _ =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(workedFor));
                context.Features.Set(ProjectionFeature.Instance);
                return Task.CompletedTask;
            },
            _time,
            NullLogger<ProjectionGuardMiddleware>.Instance);
        await guard.InvokeAsync(context);
    }

    private sealed class StartingResponse : HttpResponseFeature
    {
        private Func<Task> _start = () => Task.CompletedTask;

        public override void OnStarting(Func<object, Task> callback, object state) => _start = () => callback(state);

        public Task StartAsync() => _start();
    }
}
