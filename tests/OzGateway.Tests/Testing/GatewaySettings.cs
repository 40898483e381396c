namespace OzGateway.Tests.Testing;

/// <summary>What a story changes about the gateway; YAML, as an operator would write it.</summary>
internal sealed record GatewaySettings
{
    public string Attempts { get; init; } = "count: started, windows: [{ permit_limit: 5, window: 15m }]";

    public string Transaction { get; init; } = "issue: implicit";

    /// <summary>What transaction.set holds; null for id and pseudonym under the names of the dialect.</summary>
    public string? Set { get; init; }

    public string? Projection { get; init; }

    public string Polls { get; init; } = "permit_limit: 100000, window: 1m";

    public string Timeouts { get; init; } = "connect: 5s";

    /// <summary>The section store, or nothing.</summary>
    public string Store { get; init; } = "";

    public string Limits { get; init; } = "";

    /// <summary>Further keys of a door, such as <c>, protocols: [http2]</c>.</summary>
    /// <summary>The session of the upstream instead of the dialect's.</summary>
    public string? Session { get; init; }

    /// <summary>Routes before those of the dialect.</summary>
    public string? Routes { get; init; }

    public string PublicDoor { get; init; } = "";

    public string BackendDoor { get; init; } = "";

    public string AdminDoor { get; init; } = "";

    public string DoorLimits { get; init; } = "idle_timeout: 130s";

    public string Drain { get; init; } = "not_ready: 0s, timeout: 25s";

    /// <summary>Files beside gateway.yaml, by name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Links beside gateway.yaml: name and what it leads to.</summary>
    public IReadOnlyDictionary<string, string> Links { get; init; } = new Dictionary<string, string>();

    public string Carrier { get; init; } = "cookie";

    /// <summary>The secrets of user_key; the files user_key and next_user_key exist.</summary>
    public string Keys { get; init; } = "hmac_key: { from_file: user_key }";

    /// <summary>The section telemetry, or nothing.</summary>
    public string Telemetry { get; init; } = "";

    /// <summary>The section browser, or nothing.</summary>
    public string Browser { get; init; } = "";

    public bool WithOzApi { get; init; } = true;

    /// <summary>Further keys of upstreams.oz_api, each behind a comma.</summary>
    public string OzApi { get; init; } = "";

    public string Verdicts { get; init; } = "receipts: { keys: { from_file: receipt_keys.pem } }";

    /// <summary>How many keys stand in receipt_keys.pem.</summary>
    public int ReceiptKeys { get; init; } = 1;

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
