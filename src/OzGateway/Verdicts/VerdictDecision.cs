using System.Text.Json;
using OzGateway.OzApi;

namespace OzGateway.Verdicts;

/// <summary>The time in which the folder of a transaction must have been made, on Oz's clock.</summary>
/// <param name="From">Earliest, clock skew taken off.</param>
/// <param name="Until">Latest, clock skew added.</param>
internal sealed record VerdictWindow(DateTimeOffset From, DateTimeOffset Until);

/// <summary>What folders say.</summary>
/// <param name="Outcome">The verdict.</param>
/// <param name="Reason">Why, where the outcome alone does not say.</param>
/// <param name="Folder">The one folder, where there is exactly one.</param>
internal sealed record VerdictDecision(VerdictOutcome Outcome, string? Reason, OzFolder? Folder)
{
    private const string Liveness = "QUALITY";

    /// <summary>
    /// From folders to a verdict; pure. Success needs all of: exactly one folder whose metadata holds exactly this id, made
    /// inside the window, finished, passed, with a liveness analysis that passed. Everything unknown is not success.
    /// </summary>
    /// <param name="folders">What Oz API answered; its filter is not trusted.</param>
    /// <param name="transactionKey">Metadata key that holds the id.</param>
    /// <param name="transactionId">The id.</param>
    /// <param name="window">When the folder must have been made.</param>
    public static VerdictDecision Of(IReadOnlyList<OzFolder> folders, string transactionKey, string transactionId, VerdictWindow window)
    {
        var own = folders.Where(folder => Holds(folder, transactionKey, transactionId)).ToList();
        return own switch
        {
            [] => new VerdictDecision(VerdictOutcome.NotFound, "no_folder", null),
            [var folder] when !IsInside(folder, window) => new VerdictDecision(VerdictOutcome.Ambiguous, "outside_time_window", null),
            [var folder] => Judge(folder),
            _ => new VerdictDecision(VerdictOutcome.Ambiguous, "several_folders", null),
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

    private static VerdictDecision Judge(OzFolder folder)
    {
        var liveness = (folder.Analyses ?? []).Where(analysis => analysis.Type == Liveness).Select(Of).ToList();
        return (folder.ResolutionStatus, folder.SystemResolution) switch
        {
            ("FAILED", _) or (_, "FAILED") => new VerdictDecision(VerdictOutcome.Failed, "analysis_failed", folder),
            ("INITIAL" or "PROCESSING", _) or ("FINISHED", "INITIAL" or "PROCESSING") => new VerdictDecision(VerdictOutcome.Processing, null, folder),
            ("FINISHED", "DECLINED") => new VerdictDecision(VerdictOutcome.Declined, null, folder),
            ("FINISHED", "OPERATOR_REQUIRED") => new VerdictDecision(VerdictOutcome.OperatorRequired, null, folder),
            ("FINISHED", "SUCCESS") when liveness.Count == 0 => new VerdictDecision(VerdictOutcome.Failed, "liveness_missing", folder),
            ("FINISHED", "SUCCESS") when liveness.TrueForAll(outcome => outcome is VerdictOutcome.Success) => new VerdictDecision(VerdictOutcome.Success, null, folder),
            ("FINISHED", "SUCCESS") => new VerdictDecision(VerdictOutcome.Failed, "liveness_not_passed", folder),
            _ => new VerdictDecision(VerdictOutcome.Failed, "unknown_status", folder),
        };
    }

    private static bool Holds(OzFolder folder, string key, string id) =>
        folder.MetaData?.TryGetValue(key, out var value) == true && value.ValueKind is JsonValueKind.String && value.GetString() == id;

    private static bool IsInside(OzFolder folder, VerdictWindow window)
    {
        if (folder.TimeCreated is not { } seconds || !double.IsFinite(seconds) || seconds is < 0 or > 253402300799)
        {
            return false;
        }

        var created = DateTimeOffset.UnixEpoch.AddSeconds(seconds);
        return created >= window.From && created <= window.Until;
    }
}
