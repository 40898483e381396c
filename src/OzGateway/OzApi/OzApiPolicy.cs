using OzGateway.Identity;
using OzGateway.Problems;

namespace OzGateway.OzApi;

/// <summary>One account at Oz API.</summary>
internal sealed record OzApiPolicy
{
    private const string Path = "upstreams.oz_api";

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

    /// <summary>Whether Oz keeps folders. Default normal: it does.</summary>
    public OzArchitecture Architecture { get; init; }

    /// <summary>Tolerated difference between our clock and Oz's. Default 5m.</summary>
    public required TimeSpan ClockSkew { get; init; }

    /// <summary>Whole time of one call, retries included. Default 15s.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Metadata key that holds the transaction id. Taken from the transaction section. Default <c>transaction_id</c>.</summary>
    public required string TransactionKey { get; init; }

    /// <summary>The policy that the options mean, or null where they are in error. A secret that is absent where that is allowed stays null.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="transactionKey">Metadata key that holds the transaction id.</param>
    /// <param name="secrets">Fetches secrets.</param>
    /// <param name="errors">Where errors go.</param>
    public static OzApiPolicy? Create(OzApiOptions options, string transactionKey, SecretReader secrets, ConfigurationErrors errors)
    {
        OptionRanges.Check(options, Path, errors);
        errors.CheckDestinations(options.Destinations, $"{Path}.destinations");
        if (options.Destinations is { Count: > 1 })
        {
            errors.Add($"{Path}.destinations", ConfigurationCode.OutOfRange, $"has {options.Destinations.Count} addresses. Oz API is one address.");
        }

        if (options.Token is null == options.Login is null)
        {
            errors.Add(Path, ConfigurationCode.ExactlyOne, "needs exactly one of token and login. Write for example 'token: { from_file: /run/secrets/oz_token }'.");
        }

        string? email = options.Login is null ? null : errors.Require(options.Login.Email, $"{Path}.login.email", "gateway@example.com");
        SecretOptions? password = options.Login is null ? null : errors.Require(options.Login.Password, $"{Path}.login.password", "{ from_file: /run/secrets/oz_password }");
        Secret? token = options.Token is null ? null : secrets(options.Token, $"{Path}.token");
        Secret? fetched = password is null ? null : secrets(password, $"{Path}.login.password");
        return errors.AnyAt(Path) ? null : new OzApiPolicy
        {
            Address = options.Destinations![0],
            Token = token,
            Email = email,
            Password = fetched,
            TimeUnit = options.TimeUnit ?? OzTimeUnit.Seconds,
            Architecture = options.Architecture ?? OzArchitecture.Normal,
            ClockSkew = options.ClockSkew ?? TimeSpan.FromMinutes(5),
            Timeout = options.Timeout ?? TimeSpan.FromSeconds(15),
            TransactionKey = transactionKey,
        };
    }
}

/// <summary>How the Web Adapter hands checks to Oz, in the vendor's words.</summary>
internal enum OzArchitecture
{
    /// <summary>Folders are kept and can be found.</summary>
    Normal,

    /// <summary>Instant API: nothing is kept; the result exists in the one answer that passes through the adapter.</summary>
    Lite,
}

/// <summary>Unit of time filters at Oz API.</summary>
internal enum OzTimeUnit
{
    /// <summary>UNIX seconds.</summary>
    Seconds,

    /// <summary>UNIX milliseconds.</summary>
    Milliseconds,
}
