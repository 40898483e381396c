using OzGateway.Payloads;
using OzGateway.Problems;

namespace OzGateway.Transactions;

/// <summary>How a transaction is issued, how long it lives and where its id goes in a submission.</summary>
internal sealed record TransactionPolicy
{
    private const string KeyMark = "{key}";

    private static readonly KeyValuePair<string, MetadataValue>[] DefaultSet =
        [new("transaction_id", MetadataValue.TransactionId), new("end_user_id", MetadataValue.UserKey), new("user_id", MetadataValue.UserKey)];

    // Every key by which a page names a person or an attempt, in the vendor's spellings: what the gateway does not set, it removes.
    private static readonly IReadOnlyList<string> DefaultStrip = ["transaction_id", "end_user_id", "user_id", "iin", "client_iin"];

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

    /// <summary>Metadata keys that are removed.</summary>
    public required IReadOnlyList<string> Strip { get; init; }

    /// <summary>All keys that a page may not choose: those that are set and those that are removed.</summary>
    public KeyNames Keys => field ??= new KeyNames([.. Set.Select(entry => entry.Key), .. Strip]);

    /// <summary>Texts beside a body that name none of them.</summary>
    public HarmlessTexts HarmlessTexts => field ??= new HarmlessTexts(Keys);

    /// <summary>What is done to every body that is no submission, and to the query: the keys are removed, and nothing is set.</summary>
    public InjectionPlan Strips => field ??= new InjectionPlan(new InjectionRules { Strip = [.. Set.Select(pair => pair.Key), .. Strip], Limits = Limits });

    /// <summary>Whether the log tells how submissions are built. Default: it does not.</summary>
    public bool ReportShapes { get; init; }

    /// <summary>Limits of the reader of submissions.</summary>
    public required PayloadLimits Limits { get; init; }

    /// <summary>Metadata key that holds the transaction id.</summary>
    public string TransactionKey => Set.First(entry => entry.Value == MetadataValue.TransactionId).Key;

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

        IReadOnlyList<KeyValuePair<string, MetadataValue>> set = options.Set is null ? DefaultSet : [.. options.Set];
        IReadOnlyList<string> strip = options.Strip
            ?? [.. DefaultStrip.Where(key => !set.Any(entry => TextShapes.Bare(entry.Key) == TextShapes.Bare(key)))];
        CheckKeys(set, strip, path, errors);
        List<InjectionTarget> metadata = CreateTargets(options.Metadata ?? [], $"{path}.metadata", errors);
        if (!errors.AnyAt(path))
        {
            CheckTargetNames(options.Metadata ?? [], new KeyNames([.. set.Select(entry => entry.Key), .. strip]), $"{path}.metadata", errors);
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
            Set = set,
            Strip = strip,
            ReportShapes = options.ReportShapes ?? false,
            Limits = new PayloadLimits(),
        };
    }

    private static void CheckKeys(IReadOnlyList<KeyValuePair<string, MetadataValue>> set, IReadOnlyList<string> strip, string path, ConfigurationErrors errors)
    {
        int ids = set.Count(entry => entry.Value == MetadataValue.TransactionId);
        if (ids != 1)
        {
            errors.Add($"{path}.set", ConfigurationCode.ExactlyOne, $"sets {ids} keys to transaction_id. Exactly one is needed: verdicts are found by it.");
        }

        HashSet<string> keys = [];
        foreach (string key in set.Select(entry => entry.Key))
        {
            if (!TextShapes.IsQuotable(key) || TextShapes.Bare(key).Length == 0)
            {
                errors.Add($"{path}.set", ConfigurationCode.BadText, "has a key that cannot be one of metadata: up to 256 characters, a letter or digit among them, no quotes, backslashes or control characters.");
            }
            else if (!keys.Add(TextShapes.Bare(key)))
            {
                errors.Add($"{path}.set", ConfigurationCode.Duplicate, $"has the key '{key}' in two spellings. Case, '_' and '-' make no difference: keep one.");
            }
        }

        errors.CheckPlain(strip, $"{path}.strip");
        for (int index = 0; index < strip.Count; index++)
        {
            if (TextShapes.Bare(strip[index]).Length == 0)
            {
                errors.Add($"{path}.strip[{index}]", ConfigurationCode.BadText, "is not a metadata key: a letter or digit is needed.");
            }
            else if (keys.Contains(TextShapes.Bare(strip[index])))
            {
                errors.Add($"{path}.strip[{index}]", ConfigurationCode.Contradiction, "is also a key that is set. What is set replaces the page's value anyway: take it away here.");
            }
        }
    }

    private static List<InjectionTarget> CreateTargets(List<MetadataTargetOptions> options, string path, ConfigurationErrors errors)
    {
        List<InjectionTarget> targets = [];
        for (int index = 0; index < options.Count; index++)
        {
            if (CreateTarget(options[index], $"{path}[{index}]", errors) is { } target)
            {
                targets.Add(target);
            }
        }

        return targets;
    }

    // Under the name of a key everything goes that the page sends: nothing could ever stand in it.
    private static void CheckTargetNames(List<MetadataTargetOptions> targets, KeyNames keys, string path, ConfigurationErrors errors)
    {
        for (int index = 0; index < targets.Count; index++)
        {
            if ((targets[index].Part ?? targets[index].Field) is { } name && keys.Find(name) >= 0)
            {
                errors.Add($"{path}[{index}].{(targets[index].Part is null ? "field" : "part")}", ConfigurationCode.Contradiction, "is the name of a key that is set or stripped: what the page sends under it is removed, and nothing can be set in it. Name the place that holds the keys, or take the key away.");
            }
        }
    }

    private static InjectionTarget? CreateTarget(MetadataTargetOptions options, string path, ConfigurationErrors errors)
    {
        (string? name, string kind) = options.Part is not null ? (options.Part, "part") : (options.Field, "field");
        if ((options.Part is not null && options.Field is not null) || (name is null && options.Json is null))
        {
            errors.Add(path, ConfigurationCode.ExactlyOne, "needs exactly one of json, part and field; json may stand beside part or field to say where inside.");
            return null;
        }

        MemberPath? inside = null;
        if (options.Json is not null && !MemberPath.TryParse(options.Json, out inside, out string? fault))
        {
            errors.Add($"{path}.json", ConfigurationCode.BadMember, $"is not the path of a member. {fault}");
            return null;
        }

        if (options.Json?.Contains("[*]", StringComparison.Ordinal) == true)
        {
            errors.Add($"{path}.json", ConfigurationCode.BadMember, "holds '[*]'. Metadata sits in one object: write its path.");
            return null;
        }

        if (name is null)
        {
            return InjectionTarget.Json(inside!);
        }

        bool perKey = name.Contains(KeyMark, StringComparison.Ordinal);
        if (!TextShapes.IsQuotable(name) || (perKey && (name.Length == KeyMark.Length || name.IndexOf(KeyMark, StringComparison.Ordinal) != name.LastIndexOf(KeyMark, StringComparison.Ordinal))))
        {
            errors.Add($"{path}.{kind}", ConfigurationCode.BadText, "is not the name of a part or field. '{key}' may stand in it once, beside other characters, for example 'meta[{key}]'.");
            return null;
        }

        if (perKey && inside is not null)
        {
            errors.Add($"{path}.json", ConfigurationCode.Contradiction, $"has no place beside a {kind} per key: each holds one value.");
            return null;
        }

        return (kind, perKey) switch
        {
            ("part", false) => InjectionTarget.Part(name, inside),
            ("part", true) => InjectionTarget.PartPerKey(name),
            (_, false) => InjectionTarget.Field(name, inside),
            (_, true) => InjectionTarget.FieldPerKey(name),
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
