using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace OzGateway.OzApi;

/// <summary>Time, repetitions and rest of calls: a read is tried three times with growing pauses, all within one time; an Oz that fails is left alone for a while.</summary>
internal sealed class OzPipelines
{
    private static readonly ResiliencePropertyKey<CancellationToken> CallerKey = new("caller");

    private readonly ResiliencePipeline<OzReply> _reads;
    private readonly ResiliencePipeline<OzReply> _writes;

    public OzPipelines(OzApiPolicy policy, TimeProvider clock)
    {
        // One breaker for both: it is one Oz.
        var breaker = new ResiliencePipelineBuilder<OzReply> { TimeProvider = clock }.AddCircuitBreaker(new CircuitBreakerStrategyOptions<OzReply>
        {
            FailureRatio = 0.5,
            MinimumThroughput = 20,
            SamplingDuration = TimeSpan.FromSeconds(10),
            BreakDuration = TimeSpan.FromSeconds(5),
            ShouldHandle = arguments => ValueTask.FromResult(IsPassing(arguments.Outcome) || IsSilence(arguments.Outcome, arguments.Context)),
        }).Build();
        _reads = new ResiliencePipelineBuilder<OzReply> { TimeProvider = clock }
            .AddTimeout(policy.Timeout)
            .AddRetry(new RetryStrategyOptions<OzReply>
            {
                MaxRetryAttempts = 2,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(IsPassing(arguments.Outcome)),
            })
            .AddPipeline(breaker)
            .Build();
        _writes = new ResiliencePipelineBuilder<OzReply> { TimeProvider = clock }.AddTimeout(policy.Timeout).AddPipeline(breaker).Build();
    }

    /// <summary>Makes a call through the pipeline of its kind.</summary>
    public async ValueTask<OzReply> RunAsync(HttpMethod method, Func<CancellationToken, ValueTask<OzReply>> call, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(CallerKey, cancellationToken);
        try
        {
            var pipeline = method == HttpMethod.Get ? _reads : _writes;
            return await pipeline.ExecuteAsync(static (context, call) => call(context.CancellationToken), context, call);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static bool IsPassing(Outcome<OzReply> outcome) => outcome is { Result.IsPassing: true } or { Exception: HttpRequestException or IOException };

    // A call that its caller gave up says nothing about Oz.
    private static bool IsSilence(Outcome<OzReply> outcome, ResilienceContext context) =>
        outcome.Exception is OperationCanceledException && context.Properties.TryGetValue(CallerKey, out var caller) && !caller.IsCancellationRequested;
}
