namespace OzGateway.Payloads;

/// <summary>What of an answer may leave.</summary>
public sealed record ProjectionRules
{
    /// <summary>Where a result may sit, tried in order; the first that holds a state counts. Default: the root.</summary>
    public IReadOnlyList<MemberPath> Wrappers { get; init; } = [MemberPath.Root];

    /// <summary>The member that holds the state, compared exactly. Default <c>state</c>. It leaves as <c>state</c>.</summary>
    public string StateMember { get; init; } = "state";

    /// <summary>The member beside the state that names the folder; it is observed, and leaves in folder mode only. Default <c>folder_id</c>.</summary>
    public string FolderMember { get; init; } = "folder_id";

    /// <summary>Words that leave as <c>processing</c>; case makes no difference. Default: <c>processing</c>.</summary>
    public IReadOnlyList<string> ProcessingWords { get; init; } = ["processing"];

    /// <summary>Words that leave as <c>finished</c>, verdicts among them; case makes no difference.</summary>
    public IReadOnlyList<string> FinishedWords { get; init; } = ["finished", "success", "declined", "failed", "operator_required"];

    /// <summary>Which members the result has. Default <see cref="ResultShape.Safe"/>.</summary>
    public ResultShape Shape { get; init; } = ResultShape.Safe;

    /// <summary>Further members that may leave. Default: none.</summary>
    public IReadOnlyList<KeptMember> Keep { get; init; } = [];
}
