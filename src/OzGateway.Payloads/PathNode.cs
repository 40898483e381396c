namespace OzGateway.Payloads;

/// <summary>A tree of member paths: what of a document is looked at, step by step.</summary>
internal sealed class PathNode
{
    private const int MaxChildren = 64;

    private readonly List<string> _names = [];
    private readonly List<PathNode> _children = [];

    private PathNode()
    {
    }

    /// <summary>Whether metadata may sit in the object at this node.</summary>
    public bool IsTarget { get; private set; }

    /// <summary>The index of the child that leads to the place that is created when none occurs, or -1.</summary>
    public int CreationIndex { get; private set; } = -1;

    public static PathNode Build(IEnumerable<MemberPath> paths)
    {
        var root = new PathNode();
        var isFirst = true;
        foreach (var path in paths)
        {
            var node = root;
            foreach (var segment in path.Segments)
            {
                var index = node.Add(segment.Name!);
                node.CreationIndex = isFirst ? index : node.CreationIndex;
                node = node._children[index];
            }

            node.IsTarget = true;
            isFirst = false;
        }

        return root;
    }

    public string NameAt(int index) => _names[index];

    public PathNode ChildAt(int index) => _children[index];

    public int Find(string name) => _names.IndexOf(name);

    /// <summary>Whether some servers take a name for that of a child.</summary>
    public bool Resembles(string name) => _names.Exists(each => KeyNames.IsWithin(each, name));

    private int Add(string name)
    {
        var index = _names.IndexOf(name);
        if (index >= 0)
        {
            return index;
        }

        if (_names.Count == MaxChildren)
        {
            throw new ArgumentException($"At most {MaxChildren} member paths may share one parent.");
        }

        _names.Add(name);
        _children.Add(new PathNode());
        return _names.Count - 1;
    }
}
