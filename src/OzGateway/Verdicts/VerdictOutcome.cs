using System.Text.Json.Serialization;

namespace OzGateway.Verdicts;

/// <summary>What the backend is told about a check. Only <see cref="Success"/> is a pass.</summary>
[JsonConverter(typeof(OutcomeWords))]
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

    /// <summary>More than one folder, or one that cannot be this transaction's.</summary>
    Ambiguous,

    /// <summary>Oz keeps no folders here, or Oz API is not configured.</summary>
    NotAvailable,
}

/// <summary>Outcomes as snake_case words.</summary>
internal sealed class OutcomeWords() : JsonStringEnumConverter<VerdictOutcome>(System.Text.Json.JsonNamingPolicy.SnakeCaseLower);
