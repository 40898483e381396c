namespace OzGateway.Payloads;

/// <summary>A tree of the members of an answer that are looked at; everything beside it is skipped.</summary>
internal sealed class ResultNode
{
    private const int MaxChildren = 64;

    private readonly List<string> _names = [];
    private readonly List<ResultNode> _children = [];

    /// <summary>The alternatives whose result object sits here, by index into the wrappers.</summary>
    public List<int> Wrappers { get; } = [];

    /// <summary>The alternatives whose state this is.</summary>
    public List<int> States { get; } = [];

    /// <summary>The alternatives whose analyses these are.</summary>
    public List<int> Analyses { get; } = [];

    /// <summary>The alternatives whose folder id this is.</summary>
    public List<int> Folders { get; } = [];

    /// <summary>The kept member that this is, or -1.</summary>
    public int Kept { get; set; } = -1;

    /// <summary>What is looked for in every element of an array, or null.</summary>
    public ResultNode? Element { get; private set; }

    /// <summary>Whether something is looked for below this node.</summary>
    public bool IsContainer => _names.Count > 0 || Element is not null;

    public int Count => _names.Count;

    public static ResultNode Build(ProjectionRules rules)
    {
        var root = new ResultNode();
        for (var i = 0; i < rules.Wrappers.Count; i++)
        {
            var wrapper = root.Add(rules.Wrappers[i]);
            wrapper.Wrappers.Add(i);
            wrapper.Member(rules.StateMember).States.Add(i);
            if (rules.Shape != ResultShape.Safe)
            {
                wrapper.Member("analyses").Analyses.Add(i);
            }

            if (rules.Shape == ResultShape.Folder)
            {
                wrapper.Member("folder_id").Folders.Add(i);
            }
        }

        for (var i = 0; i < rules.Keep.Count; i++)
        {
            root.Add(rules.Keep[i].Member).Kept = i;
        }

        return root;
    }

    public string NameAt(int index) => _names[index];

    public ResultNode ChildAt(int index) => _children[index];

    private ResultNode Add(MemberPath path)
    {
        var node = this;
        foreach (var segment in path.Segments)
        {
            node = segment.Name is { } name ? node.Member(name) : node.Element ??= new ResultNode();
        }

        return node;
    }

    private ResultNode Member(string name)
    {
        var index = _names.IndexOf(name);
        if (index >= 0)
        {
            return _children[index];
        }

        if (_names.Count == MaxChildren)
        {
            throw new ArgumentException($"At most {MaxChildren} members of one object may be looked at.");
        }

        var child = new ResultNode();
        _names.Add(name);
        _children.Add(child);
        return child;
    }
}
