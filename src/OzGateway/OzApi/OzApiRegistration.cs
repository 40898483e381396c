namespace OzGateway.OzApi;

/// <summary>Registers the client for one account.</summary>
internal static class OzApiRegistration
{
    // What Oz analyses at once is a few; more connections would only queue there instead of here.
    private const int MaxConnections = 32;

    /// <summary>Adds the client.</summary>
    /// <param name="services">Where.</param>
    /// <param name="policy">The account.</param>
    /// <param name="clock">Clock of the network: pauses between tries, time limits. Null for the machine's.</param>
    public static IServiceCollection AddOzApi(this IServiceCollection services, OzApiPolicy policy, TimeProvider? clock = null)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = MaxConnections,
        };
        var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        services.AddSingleton(policy);
        services.AddSingleton(new OzWire(policy, http));
        services.AddSingleton(new OzPipelines(policy, clock ?? TimeProvider.System));
        services.AddSingleton<OzToken>();
        services.AddSingleton<OzTransport>();
        services.AddSingleton<OzApiClient>();
        return services;
    }
}
