using OzGateway.Payloads;
using OzGateway.Problems;

namespace OzGateway.Transactions;

/// <summary>The places in a submission where metadata may sit.</summary>
internal static class MetadataPlaces
{
    private const string KeyMark = "{key}";

    /// <summary>The places that the options mean; errors where they cannot be read.</summary>
    /// <param name="options">The list as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static List<InjectionTarget> Create(List<MetadataTargetOptions> options, string path, ConfigurationErrors errors)
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

    /// <summary>Refuses places that are named as a key: under such a name everything goes that the page sends, and nothing could ever stand in it.</summary>
    /// <param name="targets">The list as written.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="path">Where the list stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static void CheckNames(List<MetadataTargetOptions> targets, KeyNames keys, string path, ConfigurationErrors errors)
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
