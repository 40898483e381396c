using System.Text;

namespace OzGateway.Payloads;

/// <summary>What a node of an answer is looked at for.</summary>
internal enum ResultRole : byte
{
    /// <summary>A result sits here.</summary>
    Result,

    /// <summary>Its state.</summary>
    State,

    /// <summary>Its folder id.</summary>
    Folder,

    /// <summary>Its analyses by type.</summary>
    Analyses,

    /// <summary>One of them.</summary>
    Analysis,

    /// <summary>The state of one.</summary>
    AnalysisState,

    /// <summary>The resolution of one.</summary>
    AnalysisResolution,

    /// <summary>A member that leaves under its own name.</summary>
    Kept,
}

/// <summary>One use of a node.</summary>
/// <param name="Role">What for.</param>
/// <param name="Index">Of which wrapper, or which kept member.</param>
internal readonly record struct ResultUse(ResultRole Role, int Index);

/// <summary>A tree of the members of an answer that are looked at; everything beside it is validated and skipped.</summary>
internal sealed class ResultNode
{
    private const int MaxChildren = 64;

    private readonly List<byte[]> _names = [];
    private readonly List<ResultNode> _children = [];

    /// <summary>What it is looked at for.</summary>
    public List<ResultUse> Uses { get; } = [];

    /// <summary>What is looked for in every element of an array, or null.</summary>
    public ResultNode? Element { get; private set; }

    /// <summary>What is looked for in every member of an object, whatever its name, or null.</summary>
    public ResultNode? Every { get; private set; }

    /// <summary>Whether a result may also stand here as JSON in a string.</summary>
    public bool IsWay { get; private set; }

    /// <summary>Whether an unclear value is no fault, for it stays inside.</summary>
    public bool IsObserved { get; private init; }

    /// <summary>Whether something is looked for below this node.</summary>
    public bool IsContainer => _names.Count > 0 || Element is not null || Every is not null;

    public static ResultNode Build(ProjectionRules rules)
    {
        var root = new ResultNode();
        for (var i = 0; i < rules.Wrappers.Count; i++)
        {
            var wrapper = root.Add(rules.Wrappers[i]);
            wrapper.IsWay = true;
            wrapper.Uses.Add(new(ResultRole.Result, i));
            wrapper.Member(rules.StateMember, isObserved: false).Uses.Add(new(ResultRole.State, i));
            wrapper.Member(rules.FolderMember, rules.Shape != ResultShape.Folder).Uses.Add(new(ResultRole.Folder, i));
            wrapper.AddAnalyses(rules, i);
        }

        for (var i = 0; i < rules.Keep.Count; i++)
        {
            root.Add(rules.Keep[i].Member).Uses.Add(new(ResultRole.Kept, i));
        }

        return root;
    }

    /// <summary>Index of the child with this name, or -1.</summary>
    public int IndexOf(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _names.Count; i++)
        {
            if (name.SequenceEqual(_names[i]))
            {
                return i;
            }
        }

        return -1;
    }

    public ResultNode ChildAt(int index) => _children[index];

    private void AddAnalyses(ProjectionRules rules, int wrapper)
    {
        var isObserved = rules.Shape == ResultShape.Safe;
        var analyses = Member("analyses", isObserved);
        analyses.Uses.Add(new(ResultRole.Analyses, wrapper));
        var one = analyses.Every ??= new ResultNode { IsObserved = isObserved };
        one.Uses.Add(new(ResultRole.Analysis, wrapper));
        one.Member("state", isObserved).Uses.Add(new(ResultRole.AnalysisState, wrapper));
        one.Member("resolution", isObserved).Uses.Add(new(ResultRole.AnalysisResolution, wrapper));
    }

    private ResultNode Add(MemberPath path)
    {
        var node = this;
        foreach (var segment in path.Segments)
        {
            node.IsWay = true;
            node = segment.Name is { } name ? node.Member(name, isObserved: false) : node.Element ??= new ResultNode();
        }

        return node;
    }

    private ResultNode Member(string name, bool isObserved)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        var index = IndexOf(bytes);
        if (index >= 0)
        {
            // What somebody else looks at for what leaves is no longer only observed.
            return _children[index].IsObserved == isObserved || isObserved ? _children[index] : _children[index] = _children[index].Strict();
        }

        if (_names.Count == MaxChildren)
        {
            throw new ArgumentException($"At most {MaxChildren} members of one object may be looked at.");
        }

        var child = new ResultNode { IsObserved = isObserved };
        _names.Add(bytes);
        _children.Add(child);
        return child;
    }

    private ResultNode Strict()
    {
        var strict = new ResultNode { Element = Element, Every = Every, IsWay = IsWay };
        strict.Uses.AddRange(Uses);
        strict._names.AddRange(_names);
        strict._children.AddRange(_children);
        return strict;
    }
}
