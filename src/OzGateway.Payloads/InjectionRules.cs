namespace OzGateway.Payloads;

/// <summary>What is removed from a submission and what is set in it.</summary>
public sealed record InjectionRules
{
    /// <summary>Where metadata may sit, the place to create first. Empty is allowed only when <see cref="Set"/> is empty; they matter where something is set or <see cref="Keep"/> is there.</summary>
    public IReadOnlyList<InjectionTarget> Targets { get; init; } = [];

    /// <summary>Key and value that the gateway sets, each key once. Empty: the client's keys are removed and nothing is set.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Set { get; init; } = [];

    /// <summary>Further keys that are removed.</summary>
    public IReadOnlyList<string> Strip { get; init; } = [];

    /// <summary>The only keys that the page may write in metadata besides; any other member there goes. Default (null): every key that is not set or removed passes, whatever its value.</summary>
    public IReadOnlyList<KeptKey>? Keep { get; init; }

    /// <summary>The set keys whose foreign values count and are refused: those that name a transaction. Default (null): every set key.</summary>
    public IReadOnlyList<string>? Watched { get; init; }

    /// <summary>Whether a client value for a set key that differs from ours ends the body with <see cref="PayloadFault.ForeignValue"/>. Default: it is replaced.</summary>
    public bool RefuseForeign { get; init; }

    /// <summary>The bounds.</summary>
    public PayloadLimits Limits { get; init; } = new();
}
