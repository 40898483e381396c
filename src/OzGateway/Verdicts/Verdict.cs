using System.Text.Json.Serialization;

namespace OzGateway.Verdicts;

/// <summary>What the backend is told about a check. Only <see cref="Success"/> is a pass.</summary>
internal enum VerdictOutcome
{
    /// <summary>One folder, finished, passed, with a liveness analysis that passed.</summary>
    Success,

    /// <summary>Judged and not passed.</summary>
    Declined,

    /// <summary>Not judged: an analysis failed, is missing or says something unknown.</summary>
    Failed,

    /// <summary>Not over yet.</summary>
    Processing,

    /// <summary>A person has to decide at Oz.</summary>
    OperatorRequired,

    /// <summary>No such transaction of this user, or no check under it.</summary>
    NotFound,

    /// <summary>More than one folder, or one outside the time of the transaction.</summary>
    Ambiguous,

    /// <summary>Oz API is not configured here.</summary>
    NotAvailable,
}

/// <summary>The gateway's answer to the backend: our contract, none of Oz's words but the folder's id.</summary>
internal sealed record Verdict
{
    /// <summary>The id that was asked for, as it was asked.</summary>
    public required string TransactionId { get; init; }

    /// <summary>The verdict.</summary>
    public required VerdictOutcome Outcome { get; init; }

    /// <summary>Why, where the outcome alone does not say: a closed word.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the user was named and is the one the transaction was issued to.</summary>
    public required bool UserChecked { get; init; }

    /// <summary>The folder at Oz, where exactly one was found.</summary>
    public string? FolderId { get; init; }

    /// <summary>Analyses of that folder, by type.</summary>
    public IReadOnlyList<AnalysisVerdict>? Analyses { get; init; }

    /// <summary>When the transaction was issued (to the minute, from the id).</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>When its submission was taken, where this process remembers it.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>Submission calls taken, where this process remembers it.</summary>
    public int? Submissions { get; init; }

    /// <summary>A submission named another transaction, where this process remembers it.</summary>
    public bool? RelaySuspected { get; init; }

    /// <summary>What logs and spans call this transaction.</summary>
    public string? SupportRef { get; init; }
}

/// <summary>One analysis.</summary>
/// <param name="Type">Lower case, for example <c>quality</c>.</param>
/// <param name="Outcome">Success, declined, failed, processing or operator_required.</param>
internal sealed record AnalysisVerdict(string Type, VerdictOutcome Outcome);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(OutcomeWords)])]
[JsonSerializable(typeof(Verdict))]
internal sealed partial class VerdictJson : JsonSerializerContext;

/// <summary>Outcomes as snake_case words.</summary>
internal sealed class OutcomeWords() : JsonStringEnumConverter<VerdictOutcome>(System.Text.Json.JsonNamingPolicy.SnakeCaseLower);
