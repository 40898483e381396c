using OzGateway.Payloads;
using OzGateway.Problems;

namespace OzGateway.Transactions;

/// <summary>The keys of metadata: which the gateway sets and from what, which go, and which of the page's own may stay.</summary>
internal sealed record MetadataKeys
{
    private static readonly KeyValuePair<string, MetadataValue>[] DefaultSet =
        [new("transaction_id", MetadataValue.TransactionId), new("end_user_id", MetadataValue.UserKey), new("user_id", MetadataValue.UserKey)];

    // Every key by which a page names a person or an attempt, in the vendor's spellings: what the gateway does not set, it removes.
    private static readonly IReadOnlyList<string> DefaultStrip = ["transaction_id", "end_user_id", "user_id", "iin", "client_iin"];

    /// <summary>Keys that are set, with what they are set to.</summary>
    public required IReadOnlyList<KeyValuePair<string, MetadataValue>> Set { get; init; }

    /// <summary>Keys that are set from claims, with the names of these.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Claims { get; init; }

    /// <summary>Keys that are removed.</summary>
    public required IReadOnlyList<string> Strip { get; init; }

    /// <summary>The only further keys that pass, or null.</summary>
    public required IReadOnlyList<KeptKey>? Keep { get; init; }

    /// <summary>The keys that a page may not choose, as names are compared. Only where no error was found.</summary>
    public KeyNames Names => new([.. SetKeys, .. Strip]);

    private IEnumerable<string> SetKeys => [.. Set.Select(entry => entry.Key), .. Claims.Select(entry => entry.Key)];

    /// <summary>The keys that the options mean; errors where they contradict each other.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static MetadataKeys Create(TransactionOptions options, string path, ConfigurationErrors errors)
    {
        KeyValuePair<string, string>[] claims = [.. options.Claims ?? []];
        HashSet<string> claimed = [.. claims.Select(entry => TextShapes.Bare(entry.Key))];
        KeyValuePair<string, MetadataValue>[] set = options.Set is null
            ? [.. DefaultSet.Where(entry => !claimed.Contains(TextShapes.Bare(entry.Key)))]
            : [.. options.Set];
        HashSet<string> taken = [.. claimed, .. set.Select(entry => TextShapes.Bare(entry.Key))];
        MetadataKeys keys = new()
        {
            Set = set,
            Claims = claims,
            Strip = options.Strip ?? [.. DefaultStrip.Where(key => !taken.Contains(TextShapes.Bare(key)))],
            Keep = options.Keep is null ? null : CreateKept(options.Keep, $"{path}.keep", errors),
        };
        keys.CheckSet(path, errors);
        keys.CheckClaims(path, errors);
        keys.CheckStrip(path, errors);
        keys.CheckKept($"{path}.keep", errors);
        return keys;
    }

    private static List<KeptKey> CreateKept(List<MetadataKeyOptions> options, string path, ConfigurationErrors errors)
    {
        if (options.Count > MetadataKeyOptions.MaxKeys)
        {
            errors.Add(path, ConfigurationCode.OutOfRange, $"has {options.Count} keys. Allowed: up to {MetadataKeyOptions.MaxKeys}.");
        }

        List<KeptKey> keys = [];
        for (int index = 0; index < options.Count; index++)
        {
            string at = $"{path}[{index}]";
            OptionRanges.Check(options[index], at, errors);
            string? key = errors.Require(options[index].Key, $"{at}.key", "branch");
            if (key is not null && !TextShapes.IsQuotable(key))
            {
                errors.Add($"{at}.key", ConfigurationCode.BadText, "cannot be a key of metadata: up to 256 characters, no quotes, backslashes or control characters.");
            }
            else if (key is not null && keys.Exists(other => other.Name == key))
            {
                errors.Add($"{at}.key", ConfigurationCode.Duplicate, "stands twice in the list. Keep one of them.");
            }

            keys.Add(new KeptKey(key ?? "", options[index].MaxLength ?? MetadataKeyOptions.DefaultLength, options[index].Pattern is { } pattern ? errors.ReadPattern(pattern, $"{at}.pattern") : null));
        }

        return keys;
    }

    private void CheckSet(string path, ConfigurationErrors errors)
    {
        int ids = Set.Count(entry => entry.Value == MetadataValue.TransactionId);
        if (ids != 1)
        {
            errors.Add($"{path}.set", ConfigurationCode.ExactlyOne, $"sets {ids} keys to transaction_id. Exactly one is needed: verdicts are found by it.");
        }

        CheckSpelling(Set.Select(entry => entry.Key), $"{path}.set", errors);
    }

    private void CheckClaims(string path, ConfigurationErrors errors)
    {
        CheckSpelling(Claims.Select(entry => entry.Key), $"{path}.claims", errors);
        if (Claims.FirstOrDefault(entry => !TextShapes.IsPlain(entry.Value)) is { Key: { } key })
        {
            errors.Add($"{path}.claims", ConfigurationCode.BadText, $"sets '{key}' to what is no name of a claim: 1 to 256 characters without control characters.");
        }

        HashSet<string> set = [.. Set.Select(entry => TextShapes.Bare(entry.Key))];
        if (Claims.FirstOrDefault(entry => set.Contains(TextShapes.Bare(entry.Key))) is { Key: { } twice })
        {
            errors.Add($"{path}.claims", ConfigurationCode.Contradiction, $"sets '{twice}', which {path}.set sets as well. Keep one of them.");
        }
    }

    private static void CheckSpelling(IEnumerable<string> keys, string path, ConfigurationErrors errors)
    {
        HashSet<string> met = [];
        foreach (string key in keys)
        {
            if (!TextShapes.IsQuotable(key) || TextShapes.Bare(key).Length == 0)
            {
                errors.Add(path, ConfigurationCode.BadText, "has a key that cannot be one of metadata: up to 256 characters, a letter or digit among them, no quotes, backslashes or control characters.");
            }
            else if (!met.Add(TextShapes.Bare(key)))
            {
                errors.Add(path, ConfigurationCode.Duplicate, $"has the key '{key}' in two spellings. Case, '_' and '-' make no difference: keep one.");
            }
        }
    }

    private void CheckStrip(string path, ConfigurationErrors errors)
    {
        HashSet<string> set = [.. SetKeys.Select(TextShapes.Bare)];
        errors.CheckPlain(Strip, $"{path}.strip");
        for (int index = 0; index < Strip.Count; index++)
        {
            if (TextShapes.Bare(Strip[index]).Length == 0)
            {
                errors.Add($"{path}.strip[{index}]", ConfigurationCode.BadText, "is not a metadata key: a letter or digit is needed.");
            }
            else if (set.Contains(TextShapes.Bare(Strip[index])))
            {
                errors.Add($"{path}.strip[{index}]", ConfigurationCode.Contradiction, "is also a key that is set. What is set replaces the page's value anyway: take it away here.");
            }
        }
    }

    private void CheckKept(string path, ConfigurationErrors errors)
    {
        if (Keep is null || errors.AnyAt(path[..path.LastIndexOf('.')]))
        {
            return;
        }

        KeyNames names = Names;
        for (int index = 0; index < Keep.Count; index++)
        {
            if (names.Find(Keep[index].Name) >= 0)
            {
                errors.Add($"{path}[{index}].key", ConfigurationCode.Contradiction, "is a key that is set or stripped: what the page sends under it never passes. Take it away here, or there.");
            }
        }
    }
}
