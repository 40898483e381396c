using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace OzGateway.OzApi;

/// <summary>Registers the client for one account, with its time limit and its repetitions.</summary>
internal static class OzApiRegistration
{
    private const string ClientName = "oz-api";
    private const long MaxAnswerBytes = 16L << 20;

    /// <summary>Adds the client.</summary>
    public static IServiceCollection AddOzApi(this IServiceCollection services, OzApiPolicy policy)
    {
        services.AddHttpClient(ClientName, client =>
            {
                client.MaxResponseContentBufferSize = MaxAnswerBytes;
                client.Timeout = Timeout.InfiniteTimeSpan; // the pipeline's time limit holds, over all repetitions
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .AddResilienceHandler(ClientName, pipeline =>
            {
                pipeline.AddTimeout(policy.Timeout);
                pipeline.AddRetry(new HttpRetryStrategyOptions
                {
                    MaxRetryAttempts = 2,
                    Delay = TimeSpan.FromMilliseconds(200),
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    ShouldHandle = arguments => ValueTask.FromResult(
                        arguments.Outcome.Result?.RequestMessage?.Method != HttpMethod.Post && HttpClientResiliencePredicates.IsTransient(arguments.Outcome)),
                });
            });
        services.AddSingleton(policy);
        services.AddSingleton(provider => new OzToken(policy, Client(provider), provider.GetRequiredService<ILogger<OzToken>>()));
        services.AddSingleton(provider => new OzApiClient(
            policy, provider.GetRequiredService<OzToken>(), Client(provider), provider.GetRequiredService<ILogger<OzApiClient>>()));
        return services;
    }

    private static HttpClient Client(IServiceProvider provider) => provider.GetRequiredService<IHttpClientFactory>().CreateClient(ClientName);
}
