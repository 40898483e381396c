namespace OzGateway.Payloads;

/// <summary>
/// The targets of one body that are found by the name of a part or field. A name that some servers read as a target and others do not
/// (<c>Meta</c> or <c>meta[]</c> beside <c>meta</c>) is ambiguous.
/// </summary>
internal sealed class NamedTargets
{
    private readonly InjectionPlan _plan;
    private readonly InjectionTarget[] _targets;
    private readonly Dictionary<string, PathNode> _nodes;
    private readonly Dictionary<string, string> _ways = new(StringComparer.Ordinal);
    private readonly InjectionTargetKind _perKeyKind;
    private InjectionTarget? _asked;
    private ulong _kept;

    public NamedTargets(InjectionPlan plan, InjectionTargetKind whole, InjectionTargetKind perKey)
    {
        _plan = plan;
        _perKeyKind = perKey;
        _targets = [.. plan.Targets.Where(target => target.Kind == whole || target.Kind == perKey)];
        _nodes = _targets.Where(target => target.Kind == whole)
            .GroupBy(static target => target.Name!, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => PathNode.Build(group.Select(static target => target.Path!)), StringComparer.Ordinal);
    }

    /// <summary>Whether the rules name any place in a body of this kind.</summary>
    public bool IsEmpty => _targets.Length == 0;

    /// <summary>The target that is created when none occurs: where the client wrote a key of ours under a name per key, else the first of the rules.</summary>
    public InjectionTarget Created => _asked ?? _targets[0];

    /// <summary>What leads to metadata inside the target with this name.</summary>
    public PathNode NodeOf(string name) => _nodes[name];

    /// <summary>Says what a name means and remembers that it occurred.</summary>
    /// <param name="name">The decoded name.</param>
    /// <param name="offset">Where it stands, for faults.</param>
    public NameFinding Classify(string name, long offset)
    {
        var key = _plan.Keys.Find(name);
        var perKey = Array.Find(_targets, target => target.Kind == _perKeyKind && target.Matches(name));
        if (key >= 0)
        {
            _asked ??= perKey;
            return new NameFinding(NameUse.Key) { Key = key };
        }

        var isTarget = _nodes.ContainsKey(name);
        CheckAmbiguity(name, isTarget ? name : perKey?.Name, isTarget, offset);
        return isTarget ? new NameFinding(NameUse.Target) : perKey is not null ? JudgeKey(perKey, name, offset) : new NameFinding(NameUse.Other);
    }

    private NameFinding JudgeKey(InjectionTarget perKey, string name, long offset)
    {
        if (_plan.Kept is not { } kept)
        {
            return new NameFinding(NameUse.PerKey) { Target = perKey };
        }

        var index = kept.Find(perKey.KeyIn(name));
        if (index < 0)
        {
            _asked ??= perKey;
            return new NameFinding(NameUse.Unkept);
        }

        var isFirst = (_kept & (1UL << index)) == 0;
        _kept |= 1UL << index;
        return isFirst ? new NameFinding(NameUse.PerKey) { Target = perKey, Kept = kept[index] } : throw new PayloadException(PayloadFault.DuplicateMember, offset);
    }

    /// <summary>One variable, one way to write it: the first spelling that occurs binds, and a whole target occurs once.</summary>
    private void CheckAmbiguity(string name, string? way, bool isTarget, long offset)
    {
        var stem = StemOf(name);
        if (!Array.Exists(_targets, target => StemOf(target.Name!) == stem))
        {
            // Where metadata is judged by key, nothing may reach it under a name that only some server takes for its place.
            if (_plan.Kept is not null && Array.Exists(_targets, target => KeyNames.IsWithin(VariableOf(target.Name!), name)))
            {
                throw new PayloadException(PayloadFault.AmbiguousTarget, offset);
            }

            return;
        }

        if (way is null || (!_ways.TryAdd(stem, way) && (isTarget || _ways[stem] != way)))
        {
            throw new PayloadException(PayloadFault.AmbiguousTarget, offset);
        }
    }

    /// <summary>The name as far as servers agree that it is one variable: before the first bracket, in one spelling.</summary>
    private static string StemOf(string name) => MemberNames.Normalize(VariableOf(name).Trim()).Replace(".", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);

    private static string VariableOf(string name)
    {
        var bracket = name.IndexOf('[', StringComparison.Ordinal);
        return bracket < 0 ? name : name[..bracket];
    }
}
