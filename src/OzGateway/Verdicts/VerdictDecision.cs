using System.Text.Json;
using OzGateway.OzApi;

namespace OzGateway.Verdicts;

/// <summary>What folders say.</summary>
/// <param name="Outcome">The verdict.</param>
/// <param name="Reason">Why, where the outcome alone does not say.</param>
/// <param name="Folder">The one folder, where there is exactly one.</param>
internal sealed record VerdictDecision(VerdictOutcome Outcome, string? Reason = null, OzFolder? Folder = null)
{
    private const string Liveness = "QUALITY";

    /// <summary>Whether the check has come to its end: asking again changes nothing.</summary>
    public bool IsFinal => Outcome is VerdictOutcome.Success or VerdictOutcome.Declined or VerdictOutcome.Failed or VerdictOutcome.Ambiguous;

    /// <summary>Whether waiting may change it.</summary>
    public bool IsOpen => Outcome is VerdictOutcome.Processing || (Outcome, Reason) is (VerdictOutcome.NotFound, "not_submitted" or "no_folder");

    /// <summary>
    /// From folders to a verdict; pure. Success needs all of: exactly one folder that is this transaction's, made inside the
    /// window, finished, passed, with a liveness analysis that passed and whatever else is required. Everything unknown is not success.
    /// </summary>
    /// <param name="folders">What Oz API answered; its filter is not trusted.</param>
    /// <param name="question">Whose folder, and what it must hold.</param>
    public static VerdictDecision Of(IReadOnlyList<OzFolder> folders, VerdictQuestion question)
    {
        var own = folders.Where(folder => IsOwn(folder, question)).ToList();
        return own switch
        {
            [] => new VerdictDecision(VerdictOutcome.NotFound, "no_folder"),
            [var folder] when question.BoundFolder is { } bound && folder.FolderId != bound => new VerdictDecision(VerdictOutcome.Ambiguous, "not_the_bound_folder"),
            [var folder] when IdIn(folder, question) is { } id && id != question.TransactionId => new VerdictDecision(VerdictOutcome.Ambiguous, "foreign_folder"),
            [var folder] when !IsInside(folder, question) => new VerdictDecision(VerdictOutcome.Ambiguous, "outside_time_window"),
            [var folder] => Judge(folder, question),
            _ => new VerdictDecision(VerdictOutcome.Ambiguous, "several_folders"),
        };
    }

    /// <summary>What one analysis says.</summary>
    public static VerdictOutcome Of(OzAnalysis analysis) => (analysis.State, analysis.ResolutionStatus ?? analysis.Resolution) switch
    {
        ("FAILED", _) or (_, "FAILED") => VerdictOutcome.Failed,
        ("PROCESSING", _) or (_, "PROCESSING" or "INITIAL") => VerdictOutcome.Processing,
        ("FINISHED", "SUCCESS") when analysis.Resolution is null or "SUCCESS" => VerdictOutcome.Success,
        ("FINISHED", "OPERATOR_REQUIRED") => VerdictOutcome.OperatorRequired,
        ("FINISHED", "DECLINED") => VerdictOutcome.Declined,
        _ => VerdictOutcome.Failed,
    };

    private static VerdictDecision Judge(OzFolder folder, VerdictQuestion question) => (folder.ResolutionStatus, folder.SystemResolution) switch
    {
        ("FAILED", _) or (_, "FAILED") => new VerdictDecision(VerdictOutcome.Failed, "analysis_failed", folder),
        ("INITIAL" or "PROCESSING", _) or ("FINISHED", "INITIAL" or "PROCESSING") => new VerdictDecision(VerdictOutcome.Processing, null, folder),
        ("FINISHED", "DECLINED") => new VerdictDecision(VerdictOutcome.Declined, null, folder),
        ("FINISHED", "OPERATOR_REQUIRED") => new VerdictDecision(VerdictOutcome.OperatorRequired, null, folder),
        ("FINISHED", "SUCCESS") => Lack(folder, question) is { } lack
            ? new VerdictDecision(VerdictOutcome.Failed, lack, folder)
            : new VerdictDecision(VerdictOutcome.Success, null, folder),
        _ => new VerdictDecision(VerdictOutcome.Failed, "unknown_status", folder),
    };

    // What a folder that calls itself passed lacks, or null.
    private static string? Lack(OzFolder folder, VerdictQuestion question)
    {
        foreach (var type in question.RequiredAnalyses)
        {
            var outcomes = (folder.Analyses ?? []).Where(analysis => analysis.Type == type).Select(Of).ToList();
            if (outcomes.Count == 0)
            {
                return type == Liveness ? "liveness_missing" : "analysis_missing";
            }

            if (!outcomes.TrueForAll(outcome => outcome is VerdictOutcome.Success))
            {
                return type == Liveness ? "liveness_not_passed" : "analysis_not_passed";
            }
        }

        return question.RequiredTags.Count == 0 || VerdictDetails.TagsOf(folder).Any(tags => question.RequiredTags.All(tags.Contains)) ? null : "tags_missing";
    }

    // A folder is this transaction's by the id in its metadata, or because the adapter named it for the transaction.
    private static bool IsOwn(OzFolder folder, VerdictQuestion question) =>
        IdIn(folder, question) == question.TransactionId || (question.BoundFolder is { } bound && folder.FolderId == bound);

    // Null where there is no such member; a text that no id equals where it is no text.
    private static string? IdIn(OzFolder folder, VerdictQuestion question) =>
        folder.MetaData?.TryGetValue(question.TransactionKey, out var value) != true ? null
        : value.ValueKind is JsonValueKind.String ? value.GetString()
        : value.ValueKind is JsonValueKind.Null ? null
        : "";

    private static bool IsInside(OzFolder folder, VerdictQuestion question)
    {
        if (folder.TimeCreated is not { } seconds || !double.IsFinite(seconds) || seconds is < 0 or > 253402300799)
        {
            return false;
        }

        var created = DateTimeOffset.UnixEpoch.AddSeconds(seconds);
        return created >= question.From && created <= question.Until;
    }
}
