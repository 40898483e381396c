using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace OzGateway.OzApi;

/// <summary>Time, repetitions and rest of reads: one is tried three times with growing pauses, all within one time; an Oz that fails is left alone for a while.</summary>
internal sealed class OzPipelines
{
    private static readonly ResiliencePropertyKey<CancellationToken> CallerKey = new("caller");

    private readonly ResiliencePipeline<OzReply> _reads;

    public OzPipelines(OzApiPolicy policy, TimeProvider clock)
    {
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
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<OzReply>
            {
                FailureRatio = 0.5,
                MinimumThroughput = 20,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = TimeSpan.FromSeconds(5),
                ShouldHandle = arguments => ValueTask.FromResult(IsPassing(arguments.Outcome) || IsSilence(arguments.Outcome, arguments.Context)),
            })
            .Build();
    }

    /// <summary>Makes a read.</summary>
    public async ValueTask<OzReply> RunAsync(Func<CancellationToken, ValueTask<OzReply>> call, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(CallerKey, cancellationToken);
        try
        {
            return await _reads.ExecuteAsync(static (context, call) => call(context.CancellationToken), context, call);
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
