using System.Buffers;
using System.Text;

namespace OzGateway.Payloads;

/// <summary><see cref="InjectionRules"/>, checked and prepared for reading bytes: for one body, or for many where the rules are the same.</summary>
public sealed class InjectionPlan
{
    /// <summary>Prepares the rules.</summary>
    /// <param name="rules">What is removed and set.</param>
    /// <exception cref="ArgumentException">The rules contradict themselves.</exception>
    public InjectionPlan(InjectionRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        Limits = rules.Limits;
        RefuseForeign = rules.RefuseForeign;
        SetKeys = [.. rules.Set.Select(static pair => CheckedKey(pair.Key))];
        SetValues = [.. rules.Set.Select(static pair => Encoding.UTF8.GetBytes(CheckedValue(pair.Value)))];
        if (SetKeys.Select(MemberNames.Normalize).Distinct(StringComparer.Ordinal).Count() != SetKeys.Length)
        {
            throw new ArgumentException("Each key may be set once, whatever its spelling.", nameof(rules));
        }

        if (HasSet && rules.Targets.Count == 0)
        {
            throw new ArgumentException("What is set needs a target.", nameof(rules));
        }

        Keys = new KeyNames(SetKeys.Concat(rules.Strip));
        SetMembers = Members();
        IsWatched = [.. SetKeys.Select(key => rules.Watched is null
            || rules.Watched.Any(watched => MemberNames.Normalize(watched) == MemberNames.Normalize(key)))];
        Kept = rules.Keep is { } keep ? new KeptKeys(keep) : null;
        Targets = HasSet || Kept is not null ? [.. rules.Targets] : [];
        var paths = Targets.Where(static target => target.Kind == InjectionTargetKind.Json).Select(static target => target.Path!).ToArray();
        JsonRoot = paths.Length == 0 ? null : PathNode.Build(paths);
    }

    internal PayloadLimits Limits { get; }

    internal bool RefuseForeign { get; }

    internal bool HasSet => SetKeys.Length > 0;

    internal string[] SetKeys { get; }

    internal byte[][] SetValues { get; }

    /// <summary>Whether a foreign value counts, by the index of the set key.</summary>
    internal bool[] IsWatched { get; }

    /// <summary>All keys; those that are set come first, in the order of <see cref="SetKeys"/>.</summary>
    internal KeyNames Keys { get; }

    /// <summary>The keys of the page's own that may stand in metadata; null where all may.</summary>
    internal KeptKeys? Kept { get; }

    /// <summary>The set keys and values as JSON members, joined by commas.</summary>
    internal byte[] SetMembers { get; }

    internal InjectionTarget[] Targets { get; }

    internal PathNode? JsonRoot { get; }

    /// <summary>Writes the value that leads from a node to the place that is created, with the set members in it.</summary>
    internal void WriteCreated(PathNode node, IBufferWriter<byte> output)
    {
        output.Write("{"u8);
        if (node.CreationIndex < 0)
        {
            output.Write(SetMembers);
        }
        else
        {
            JsonText.WriteString(Encoding.UTF8.GetBytes(node.NameAt(node.CreationIndex)), output);
            output.Write(":"u8);
            WriteCreated(node.ChildAt(node.CreationIndex), output);
        }

        output.Write("}"u8);
    }

    private static string CheckedKey(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return key.AsSpan().ContainsAny('"', '\\')
            ? throw new ArgumentException("A key that is set must not hold quotes or backslashes.", nameof(key))
            : CheckedValue(key);
    }

    private static string CheckedValue(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        foreach (var rune in value.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || rune == Rune.ReplacementChar)
            {
                throw new ArgumentException("What is set must be well-formed text without control characters.", nameof(value));
            }
        }

        return value;
    }

    private byte[] Members()
    {
        var members = new ArrayBufferWriter<byte>();
        for (var i = 0; i < SetKeys.Length; i++)
        {
            members.Write(i == 0 ? ""u8 : ","u8);
            JsonText.WriteString(Encoding.UTF8.GetBytes(SetKeys[i]), members);
            members.Write(":"u8);
            JsonText.WriteString(SetValues[i], members);
        }

        return members.WrittenSpan.ToArray();
    }
}
