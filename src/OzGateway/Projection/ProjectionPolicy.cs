using OzGateway.Payloads;

namespace OzGateway.Projection;

/// <summary>What of an answer on a result, submission or exchange route may leave.</summary>
internal sealed record ProjectionPolicy
{
    /// <summary>The members that leave and the words that are states.</summary>
    public required ProjectionRules Rules { get; init; }

    /// <summary>Size (default 4 MiB, decoded) and depth (default 64) of an answer.</summary>
    public required PayloadLimits Limits { get; init; }

    /// <summary>Largest ratio of decoded to encoded bytes beyond 64 KiB decoded. Default 100.</summary>
    public required int MaxInflateRatio { get; init; }

    /// <summary>Media types (lower case) that are read as JSON besides the JSON kinds; an empty string stands for an answer without a type. Default: text/html, text/plain and none, as PHP defaults to text/html.</summary>
    public required IReadOnlySet<string> JsonTypes { get; init; }
}

/// <summary>What of an answer on a session route may leave.</summary>
internal sealed record SessionAnswerPolicy
{
    /// <summary>Member names that may not occur at any depth.</summary>
    public required SensitiveNames Sensitive { get; init; }

    /// <summary>Size (default 1 MiB, decoded) and depth of an answer that looks like JSON.</summary>
    public required PayloadLimits Limits { get; init; }

    /// <summary>Largest ratio of decoded to encoded bytes beyond 64 KiB decoded. Default 100.</summary>
    public required int MaxInflateRatio { get; init; }

    /// <summary>Media types (lower case) that may pass when the answer does not look like JSON.</summary>
    public required IReadOnlySet<string> OtherTypes { get; init; }
}
