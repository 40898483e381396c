using OzGateway.Identity;
using OzGateway.Payloads;
using OzGateway.Problems;

namespace OzGateway.Transactions;

/// <summary>How a transaction is issued, how long it lives and where its id goes in a submission.</summary>
internal sealed record TransactionPolicy
{
    /// <summary>Who starts a transaction. Default implicit.</summary>
    public required TransactionIssue Issue { get; init; }

    /// <summary>What happens to an id that is not the server's. Default: replace where implicit, refuse where explicit.</summary>
    public required ForeignIdAction OnForeignId { get; init; }

    /// <summary>Time from issue to submission. 30s to 24h; default 10m.</summary>
    public required TimeSpan SubmitWithin { get; init; }

    /// <summary>Time from issue in which a verdict can be asked and the ledger remembers. 1m to 7d; default 2h.</summary>
    public required TimeSpan ReadWithin { get; init; }

    /// <summary>Submission calls that one transaction takes. 1 to 20; default 1.</summary>
    public required int Uploads { get; init; }

    /// <summary>Issued and not yet submitted transactions per user; one more revokes the oldest. 1 to 100; default 3.</summary>
    public required int OpenLimit { get; init; }

    /// <summary>Places in a submission where metadata may sit, first that occurs wins.</summary>
    public required IReadOnlyList<InjectionTarget> Metadata { get; init; }

    /// <summary>Metadata keys the gateway sets, with what it sets them to.</summary>
    public required IReadOnlyList<KeyValuePair<string, MetadataValue>> Set { get; init; }

    /// <summary>Metadata keys the gateway sets, with the claim of the user's token that holds the value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Claims { get; init; } = [];

    /// <summary>Metadata keys that are removed.</summary>
    public required IReadOnlyList<string> Strip { get; init; }

    /// <summary>The only further keys of metadata that pass; null where all do.</summary>
    public IReadOnlyList<KeptKey>? Keep { get; init; }

    /// <summary>All keys that a page may not choose: those that are set and those that are removed.</summary>
    public KeyNames Keys => field ??= new KeyNames(Removed);

    /// <summary>The key of the transaction id alone, as names are compared.</summary>
    public KeyNames TransactionNames => field ??= new KeyNames([TransactionKey]);

    /// <summary>Texts beside a body that name none of them.</summary>
    public HarmlessTexts HarmlessTexts => field ??= new HarmlessTexts(Keys);

    /// <summary>What is done to every body that is no submission, and to the query: the keys are removed, and nothing is set.</summary>
    public InjectionPlan Strips => field ??= new InjectionPlan(new InjectionRules { Targets = Metadata, Strip = Removed, Keep = Keep, Limits = Limits });

    /// <summary>Whether the log tells how submissions are built. Default: it does not.</summary>
    public bool ReportShapes { get; init; }

    /// <summary>Limits of the reader of submissions.</summary>
    public required PayloadLimits Limits { get; init; }

    /// <summary>Metadata key that holds the transaction id.</summary>
    public string TransactionKey => Set.First(entry => entry.Value == MetadataValue.TransactionId).Key;

    /// <summary>Adds an error where metadata is set from claims and users may come without a token.</summary>
    /// <param name="userKey">Whose requests they are; null where that is in error.</param>
    /// <param name="path">Where the section stands.</param>
    /// <param name="errors">Where errors go.</param>
    public void CheckTokens(UserKeyPolicy? userKey, string path, ConfigurationErrors errors)
    {
        if (Claims.Count > 0 && userKey is { HasClaims: false })
        {
            errors.Add($"{path}.claims", ConfigurationCode.Contradiction, "needs tokens, and user_key.sources names users without one. Leave there only jwt_claim, beside the ticket, or set these keys to user_key.");
        }
    }

    private string[] Removed => [.. Set.Select(entry => entry.Key), .. Claims.Select(entry => entry.Key), .. Strip];

    /// <summary>The policy that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static TransactionPolicy? Create(TransactionOptions options, string path, ConfigurationErrors errors)
    {
        OptionRanges.Check(options, path, errors);
        TransactionIssue issue = options.Issue ?? TransactionIssue.Implicit;
        TimeSpan submitWithin = options.SubmitWithin ?? TimeSpan.FromMinutes(10);
        TimeSpan readWithin = options.ReadWithin ?? TimeSpan.FromHours(2);
        if (readWithin < submitWithin)
        {
            errors.Add(options.ReadWithin is null ? $"{path}.submit_within" : $"{path}.read_within", ConfigurationCode.Contradiction, $"makes read_within ({UnitText.Print(readWithin)}) shorter than submit_within ({UnitText.Print(submitWithin)}).");
        }

        MetadataKeys keys = MetadataKeys.Create(options, path, errors);
        List<InjectionTarget> metadata = MetadataPlaces.Create(options.Metadata ?? [], $"{path}.metadata", errors);
        if (!errors.AnyAt(path))
        {
            MetadataPlaces.CheckNames(options.Metadata ?? [], keys.Names, $"{path}.metadata", errors);
        }

        return errors.AnyAt(path) ? null : new TransactionPolicy
        {
            Issue = issue,
            OnForeignId = options.OnForeignId ?? (issue == TransactionIssue.Implicit ? ForeignIdAction.Replace : ForeignIdAction.Refuse),
            SubmitWithin = submitWithin,
            ReadWithin = readWithin,
            Uploads = options.Uploads ?? 1,
            OpenLimit = options.OpenLimit ?? 3,
            Metadata = metadata,
            Set = keys.Set,
            Claims = keys.Claims,
            Strip = keys.Strip,
            Keep = keys.Keep,
            ReportShapes = options.ReportShapes ?? false,
            Limits = new PayloadLimits(),
        };
    }
}

/// <summary>Who starts a transaction.</summary>
internal enum TransactionIssue
{
    /// <summary>A submission without an open transaction gets a new one.</summary>
    Implicit,

    /// <summary>A submission must bring the ticket of an open transaction.</summary>
    Explicit,
}

/// <summary>What happens to an id that is not the server's.</summary>
internal enum ForeignIdAction
{
    /// <summary>The page's value goes, the server's stands.</summary>
    Replace,

    /// <summary>The submission is refused.</summary>
    Refuse,
}

/// <summary>What a metadata key is set to.</summary>
internal enum MetadataValue
{
    /// <summary>The id of the transaction.</summary>
    TransactionId,

    /// <summary>The pseudonym of the user.</summary>
    UserKey,
}
