using OzGateway.Payloads;
using OzGateway.Problems;

namespace OzGateway.Projection;

/// <summary>What of an answer on a result, submission or exchange route may leave.</summary>
internal sealed record ProjectionPolicy
{
    private const string NoType = "none";
    private const string DefaultFolder = "folder_id";
    private const int MaxWrappers = 16;

    private static readonly IReadOnlyList<string> DefaultProcessing = ["processing"];
    private static readonly IReadOnlyList<string> DefaultFinished = ["finished", "success", "declined", "failed", "operator_required"];
    private static readonly IReadOnlyList<string> DefaultJsonTypes = ["text/html", "text/plain", NoType];

    /// <summary>The members that leave and the words that are states.</summary>
    public required ProjectionRules Rules { get; init; }

    /// <summary>Size (default 4 MiB, decoded) and depth (default 64) of an answer.</summary>
    public required PayloadLimits Limits { get; init; }

    /// <summary>Largest ratio of decoded to encoded bytes beyond 64 KiB decoded. Default 100.</summary>
    public required int MaxInflateRatio { get; init; }

    /// <summary>Reads answers by these rules.</summary>
    public required JsonProjector Projector { get; init; }

    /// <summary>The mode in which the adapter itself is meant to answer. Default safe.</summary>
    public required AdapterMode ExpectedAdapterMode { get; init; }

    /// <summary>Answers leave at full steps of this length after their request came; null where they leave at once.</summary>
    public required TimeSpan? Quantise { get; init; }

    /// <summary>Media types (lower case) that are read as JSON besides the JSON kinds; an empty string stands for an answer without a type. Default: text/html, text/plain and none, as PHP defaults to text/html.</summary>
    public required IReadOnlySet<string> JsonTypes { get; init; }

    /// <summary>The policy that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="sensitive">Bare names of members that may never be kept.</param>
    /// <param name="errors">Where errors go.</param>
    public static ProjectionPolicy? Create(ProjectionOptions options, string path, IReadOnlySet<string> sensitive, ConfigurationErrors errors)
    {
        OptionRanges.Check(options, path, errors);
        CheckResultMode(options, path, errors);
        CheckWords(options, path, errors);
        errors.CheckMediaTypes(options.JsonTypes, $"{path}.json_types", alsoAllowed: NoType);
        if (options.StateMember is { } member && !TextShapes.IsPlain(member))
        {
            errors.Add($"{path}.state_member", ConfigurationCode.BadText, "is not the name of a member: 1 to 256 characters without control characters.");
        }

        if (options.FolderMember is { } folder && !TextShapes.IsPlain(folder))
        {
            errors.Add($"{path}.folder_member", ConfigurationCode.BadText, "is not the name of a member: 1 to 256 characters without control characters.");
        }

        List<MemberPath> wrappers = CreateWrappers(options.Wrappers ?? ["$"], $"{path}.wrappers", errors);
        List<KeptMember> keep = KeptMembers.Create(options.Keep ?? [], $"{path}.keep", sensitive, errors);
        if (options.StateMember is { } state && state == (options.FolderMember ?? DefaultFolder))
        {
            errors.Add($"{path}.state_member", ConfigurationCode.Contradiction, "is also the member of the folder id. A member is one of both.");
        }

        if (errors.AnyAt(path))
        {
            return null;
        }

        PayloadLimits limits = new() { MaxDocumentBytes = (int)(options.MaxDocument ?? 4 << 20), MaxDepth = options.MaxDepth ?? 64 };
        ProjectionRules rules = new()
        {
            Wrappers = wrappers,
            StateMember = options.StateMember ?? "state",
            FolderMember = options.FolderMember ?? DefaultFolder,
            ProcessingWords = options.Processing ?? DefaultProcessing,
            FinishedWords = options.Finished ?? DefaultFinished,
            Shape = options.ResultMode ?? ResultShape.Safe,
            Keep = keep,
        };
        return new ProjectionPolicy
        {
            Rules = rules,
            Limits = limits,
            Projector = new JsonProjector(rules, limits),
            ExpectedAdapterMode = options.ExpectedAdapterMode ?? AdapterMode.Safe,
            Quantise = options.Quantise,
            MaxInflateRatio = options.InflateRatio ?? 100,
            JsonTypes = (options.JsonTypes ?? DefaultJsonTypes).Select(type => type == NoType ? "" : type).ToHashSet(StringComparer.Ordinal),
        };
    }

    private static void CheckResultMode(ProjectionOptions options, string path, ConfigurationErrors errors)
    {
        if (options.DangerousResultMode is true)
        {
            errors.Warn($"{path}.dangerous_result_mode", ConfigurationCode.Dangerous, "admits answers that tell a client more than the state. It is for test environments only.");
        }
        else if (options.ResultMode is ResultShape.Status or ResultShape.Folder)
        {
            errors.Add($"{path}.result_mode", ConfigurationCode.NeedsDangerousKey, "lets results leave that a client must not know. Write 'safe', or for a test environment also 'dangerous_result_mode: true'.");
        }
    }

    private static void CheckWords(ProjectionOptions options, string path, ConfigurationErrors errors)
    {
        errors.CheckPlain(options.Processing, $"{path}.processing");
        errors.CheckPlain(options.Finished, $"{path}.finished");
        if (options.Finished is { Count: 0 })
        {
            errors.Add($"{path}.finished", ConfigurationCode.OutOfRange, "is empty: no check would ever end. Leave it out for the default.");
        }

        string? both = (options.Processing ?? DefaultProcessing).Intersect(options.Finished ?? DefaultFinished, StringComparer.OrdinalIgnoreCase).FirstOrDefault();
        if (both is not null)
        {
            errors.Add(options.Finished is null ? $"{path}.processing" : $"{path}.finished", ConfigurationCode.Contradiction, "shares a word with the other list. A word is either processing or finished.");
        }
    }

    private static List<MemberPath> CreateWrappers(List<string> texts, string path, ConfigurationErrors errors)
    {
        if (texts.Count == 0)
        {
            errors.Add(path, ConfigurationCode.OutOfRange, "is empty: no result would ever be found. Leave it out for '$'.");
        }

        if (texts.Count > MaxWrappers)
        {
            errors.Add(path, ConfigurationCode.OutOfRange, $"has {texts.Count} places. Allowed: 1 to {MaxWrappers}.");
        }

        List<MemberPath> wrappers = [];
        for (int index = 0; index < texts.Count; index++)
        {
            if (MemberPath.TryParse(texts[index], out MemberPath? wrapper, out string? fault))
            {
                wrappers.Add(wrapper!);
            }
            else
            {
                errors.Add($"{path}[{index}]", ConfigurationCode.BadMember, $"is not a place in a document. {fault}");
            }
        }

        return wrappers;
    }
}
