using OzGateway.Identity;

namespace OzGateway.OzApi;

/// <summary>One account at Oz API.</summary>
internal sealed record OzApiPolicy
{
    /// <summary>Absolute http or https address without the <c>/api</c> path.</summary>
    public required Uri Address { get; init; }

    /// <summary>A long-lived token, or null where <see cref="Email"/> and <see cref="Password"/> are given.</summary>
    public Secret? Token { get; init; }

    /// <summary>Login of the account, or null where <see cref="Token"/> is given.</summary>
    public string? Email { get; init; }

    /// <summary>Password of the account.</summary>
    public Secret? Password { get; init; }

    /// <summary>Unit of <c>time_created.min</c>. Default seconds.</summary>
    public required OzTimeUnit TimeUnit { get; init; }

    /// <summary>Tolerated difference between our clock and Oz's. Default 5m.</summary>
    public required TimeSpan ClockSkew { get; init; }

    /// <summary>Whole time of one call, retries included. Default 15s.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Metadata key that holds the transaction id. Taken from the transaction section. Default <c>transaction_id</c>.</summary>
    public required string TransactionKey { get; init; }
}

/// <summary>Unit of time filters at Oz API.</summary>
internal enum OzTimeUnit
{
    /// <summary>UNIX seconds.</summary>
    Seconds,

    /// <summary>UNIX milliseconds.</summary>
    Milliseconds,
}
