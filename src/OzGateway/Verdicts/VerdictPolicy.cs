using OzGateway.Identity;
using OzGateway.Problems;

namespace OzGateway.Verdicts;

/// <summary>What makes a check a success, and how the backend is answered.</summary>
internal sealed record VerdictPolicy
{
    private const string Path = "verdicts";

    /// <summary>Analyses, in Oz's words, that must be there and have passed; QUALITY is always among them.</summary>
    public required IReadOnlyList<string> RequiredAnalyses { get; init; }

    /// <summary>Tags of which one medium must carry all. Default none.</summary>
    public required IReadOnlyList<string> RequiredTags { get; init; }

    /// <summary>Longest time to wait for an end. 0s to 5m; default 60s.</summary>
    public required TimeSpan WaitLimit { get; init; }

    /// <summary>Signed receipts, or null where there are none.</summary>
    public ReceiptPolicy? Receipts { get; init; }

    /// <summary>The policy that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="secrets">Fetches secrets.</param>
    /// <param name="errors">Where errors go.</param>
    public static VerdictPolicy? Create(VerdictOptions options, SecretReader secrets, ConfigurationErrors errors)
    {
        OptionRanges.Check(options, Path, errors);
        errors.CheckPlain(options.RequiredTags, $"{Path}.required_tags");
        IEnumerable<AnalysisType> analyses = (options.RequiredAnalyses ?? []).Prepend(AnalysisType.Quality).Distinct();
        ReceiptPolicy? receipts = options.Receipts is { } written ? ReceiptPolicy.Create(written, $"{Path}.receipts", secrets, errors) : null;
        return errors.AnyAt(Path) ? null : new VerdictPolicy
        {
            RequiredAnalyses = [.. analyses.Select(type => type.ToString().ToUpperInvariant())],
            RequiredTags = options.RequiredTags ?? [],
            WaitLimit = options.WaitLimit ?? TimeSpan.FromSeconds(60),
            Receipts = receipts,
        };
    }
}
