using System.Buffers;
using System.Text;

namespace OzGateway.Payloads;

/// <summary><see cref="InjectionRules"/>, checked and prepared for reading bytes.</summary>
internal sealed class InjectionPlan
{
    public InjectionPlan(InjectionRules rules)
    {
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
        Targets = HasSet ? [.. rules.Targets] : [];
        var paths = Targets.Where(static target => target.Kind == InjectionTargetKind.Json).Select(static target => target.Path!).ToArray();
        JsonRoot = paths.Length == 0 ? null : PathNode.Build(paths);
    }

    public PayloadLimits Limits { get; }

    public bool RefuseForeign { get; }

    public bool HasSet => SetKeys.Length > 0;

    public string[] SetKeys { get; }

    public byte[][] SetValues { get; }

    /// <summary>All keys; those that are set come first, in the order of <see cref="SetKeys"/>.</summary>
    public KeyNames Keys { get; }

    /// <summary>The set keys and values as JSON members, joined by commas.</summary>
    public byte[] SetMembers { get; }

    public InjectionTarget[] Targets { get; }

    public PathNode? JsonRoot { get; }

    /// <summary>Writes the value that leads from a node to the place that is created, with the set members in it.</summary>
    public void WriteCreated(PathNode node, IBufferWriter<byte> output)
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
