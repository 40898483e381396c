namespace OzGateway.Tests.Testing;

/// <summary>What a story changes about the gateway; YAML, as an operator would write it.</summary>
internal sealed record GatewaySettings
{
    public string Attempts { get; init; } = "count: started, windows: [{ permit_limit: 5, window: 15m }]";

    public string Transaction { get; init; } = "issue: implicit";

    public string? Projection { get; init; }

    public string Polls { get; init; } = "permit_limit: 100000, window: 1m";

    public string Timeouts { get; init; } = "connect: 5s";

    /// <summary>The section store, or nothing.</summary>
    public string Store { get; init; } = "";

    public string Limits { get; init; } = "";

    public string Carrier { get; init; } = "cookie";

    public bool WithOzApi { get; init; } = true;

    /// <summary>Further keys of the upstream, each line with its indent of four.</summary>
    public string Upstream { get; init; } = "";

    /// <summary>Path of everything on the public door; null: <c>/liveness</c> where the simulator has a prefix, else none.</summary>
    public string? PublicPrefix { get; init; }

    /// <summary>Addresses of the adapter, between the brackets of the list; null for the simulator's.</summary>
    public string? Destinations { get; init; }

    /// <summary>Entries of user_key.sources after the ticket.</summary>
    public string Sources { get; init; } =
        "    - jwt_claim: { claim: sub, issuer: \"https://login.example\", audience: liveness, cookie: session, key: { from_file: jwt_key } }";
}
