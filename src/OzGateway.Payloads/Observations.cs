namespace OzGateway.Payloads;

/// <summary>How an answer says that a check ended. What it does not say for certain is <see cref="None"/>.</summary>
public enum ObservedOutcome
{
    /// <summary>Not said, or not clear.</summary>
    None,

    /// <summary>Every analysis passed.</summary>
    Succeeded,

    /// <summary>One did not pass, or a person has to decide.</summary>
    Declined,
}

/// <summary>In which mode the adapter itself answers, as far as its answers show.</summary>
public enum AdapterMode
{
    /// <summary>The state alone.</summary>
    Safe,

    /// <summary>With state and resolution of each analysis.</summary>
    Status,

    /// <summary>With the folder id as well.</summary>
    Folder,

    /// <summary>With members of analyses that no other mode has.</summary>
    Full,
}

/// <summary>What was seen in an answer and does not leave with it. Never printed.</summary>
public sealed record Observations
{
    /// <summary>The folder id, 1 to 64 characters of <c>[A-Za-z0-9_-]</c>; null when the answer names none, or not exactly one.</summary>
    public string? FolderId { get; init; }

    /// <summary>How the check ended.</summary>
    public ObservedOutcome Outcome { get; init; }

    /// <summary>The mode of the adapter.</summary>
    public AdapterMode Mode { get; init; }

    /// <summary>How many members stood where members are looked at and have no meaning here.</summary>
    public int UnknownMembers { get; init; }

    /// <summary>Names of such members that these rules had not met before; names only, bounded in length and number.</summary>
    public IReadOnlyList<string> NewNames { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => nameof(Observations);
}
