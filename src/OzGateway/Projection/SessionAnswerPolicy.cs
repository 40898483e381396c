using OzGateway.Payloads;
using OzGateway.Problems;

namespace OzGateway.Projection;

/// <summary>What of an answer on a session route may leave.</summary>
internal sealed record SessionAnswerPolicy
{
    private static readonly IReadOnlyList<string> DefaultSensitive =
    [
        "access_token", "expire_token", "api_token", "session_secret", "password", "X-Forensic-Access-Token",
        "confidence_spoofing", "results_media", "system_resolution", "original_url", "folder_id",
    ];

    private static readonly IReadOnlyList<string> DefaultOtherTypes = ["text/javascript", "application/javascript", "text/css", "text/plain", "text/html"];

    /// <summary>Member names that may not occur at any depth.</summary>
    public required SensitiveNames Sensitive { get; init; }

    /// <summary>Size (default 1 MiB, decoded) and depth of an answer that looks like JSON.</summary>
    public required PayloadLimits Limits { get; init; }

    /// <summary>Largest ratio of decoded to encoded bytes beyond 64 KiB decoded. Default 100.</summary>
    public required int MaxInflateRatio { get; init; }

    /// <summary>Media types (lower case) that may pass when the answer does not look like JSON.</summary>
    public required IReadOnlySet<string> OtherTypes { get; init; }

    /// <summary>The policy that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section <c>projection</c> as written; depth and ratio hold here as well.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static SessionAnswerPolicy? Create(ProjectionOptions options, string path, ConfigurationErrors errors)
    {
        string at = $"{path}.session";
        SessionAnswerOptions session = options.Session ?? new();
        OptionRanges.Check(session, at, errors);
        errors.CheckMediaTypes(session.OtherTypes, $"{at}.other_types");
        errors.CheckPlain(session.Sensitive, $"{at}.sensitive");
        string[] missing = session.Sensitive is null ? [] : [.. DefaultSensitive.Where(name => !session.Sensitive.Exists(written => TextShapes.Bare(written) == TextShapes.Bare(name)))];
        if (missing.Length > 0)
        {
            errors.Warn($"{at}.sensitive", ConfigurationCode.Narrowed, $"lets pass what is stopped by default: {string.Join(", ", missing)}.");
        }

        return errors.AnyAt(at) ? null : new SessionAnswerPolicy
        {
            Sensitive = new SensitiveNames(session.Sensitive ?? DefaultSensitive),
            Limits = new PayloadLimits { MaxDocumentBytes = (int)(session.MaxDocument ?? 1 << 20), MaxDepth = options.MaxDepth ?? 64 },
            MaxInflateRatio = options.InflateRatio ?? 100,
            OtherTypes = (session.OtherTypes ?? DefaultOtherTypes).ToHashSet(StringComparer.Ordinal),
        };
    }
}
