namespace OzGateway.Payloads;

/// <summary>Listens to the reader of one answer and keeps what the rules look for.</summary>
internal sealed class ResultReader : IJsonConsumer
{
    // A path has at most 16 steps, and analyses are three more.
    private const int MaxFrames = 24;

    private readonly ResultNode _root;
    private readonly ResultUses _uses;
    private readonly NameBook _names;
    private readonly EmbeddedAnswers _embedded;
    private readonly Frame[] _frames = new Frame[MaxFrames];
    private readonly List<string> _newNames = [];

    private int _open;
    private ResultNode? _next;
    private bool _isNamed;
    private int _unknown;
    private AdapterMode _mode;

    public ResultReader(JsonProjector projector, ResultNode root, NameBook names)
    {
        (_root, _names) = (root, names);
        _uses = new ResultUses(projector);
        _embedded = new EmbeddedAnswers(this, projector.Limits);
    }

    /// <summary>What the rules' wrappers came to.</summary>
    public ResultFinding[] Findings => _uses.Findings;

    /// <summary>Kept members, by index into the rules.</summary>
    public string?[] Kept => _uses.Kept;

    /// <summary>What was seen.</summary>
    public Observations Observe(ResultFinding chosen) => new()
    {
        FolderId = chosen.IsUnclear ? null : chosen.Folder,
        Outcome = chosen.Outcome(),
        Mode = _mode,
        UnknownMembers = _unknown,
        NewNames = _newNames.Count == 0 ? [] : [.. _newNames],
    };

    /// <summary>Begins a new answer.</summary>
    public void Reset()
    {
        _uses.Clear();
        _embedded.Clear();
        _newNames.Clear();
        (_open, _next, _isNamed, _unknown, _mode) = (0, _root, true, 0, AdapterMode.Safe);
    }

    /// <inheritdoc/>
    public JsonTake Begin(int level, JsonKind kind, long offset)
    {
        // The next value is the one that was named, or an element of the array that is open.
        var node = _isNamed ? _next : _frames[_open - 1].Node.Element;
        _isNamed = false;
        if (node is null)
        {
            return JsonTake.Skip;
        }

        if (kind == JsonKind.String)
        {
            _embedded.Begin(level, node);
            return node.IsWay || node.Uses.Count > 0 ? JsonTake.Text : JsonTake.Skip;
        }

        var isWanted = _uses.Take(node, kind, offset);
        if (!isWanted || !(kind == JsonKind.Object ? node.IsContainer : kind == JsonKind.Array && node.Element is not null))
        {
            return JsonTake.Skip;
        }

        _frames[_open++] = new Frame { Node = node };
        return JsonTake.Enter;
    }

    /// <inheritdoc/>
    public void Name(int level, ReadOnlySpan<byte> name, bool isWhole, long offset)
    {
        ref var frame = ref _frames[_open - 1];
        var index = isWhole ? frame.Node.IndexOf(name) : -1;
        _isNamed = true;
        if (index < 0)
        {
            _next = frame.Node.Every is null ? Unknown(frame.Node, name) : _uses.BeginAnalysis(frame.Node, name, offset) ? frame.Node.Every : null;
            return;
        }

        _next = frame.Node.ChildAt(index);
        if ((frame.Seen & (1UL << index)) != 0)
        {
            if (!_next.IsObserved)
            {
                throw new PayloadException(PayloadFault.DuplicateMember, offset);
            }

            _uses.Unclear(_next);
            _next = null;
        }

        frame.Seen |= 1UL << index;
        See(_next);
    }

    /// <inheritdoc/>
    public void Text(int level, ReadOnlySpan<byte> piece) => _embedded.Take(level, piece);

    /// <inheritdoc/>
    public void EndText(int level, long offset)
    {
        if (_embedded.End(level) is { } node)
        {
            _uses.Take(node, _embedded.Text, offset);
        }
    }

    /// <inheritdoc/>
    public void End(int level) => _open--;

    /// <summary>JSON in a string begins: its root stands for the string.</summary>
    public void BeginEmbedded(ResultNode node) => (_next, _isNamed) = (node, true);

    private ResultNode? Unknown(ResultNode parent, ReadOnlySpan<byte> name)
    {
        _unknown++;
        if (Has(parent, ResultRole.Analysis))
        {
            _mode = AdapterMode.Full;
        }

        if (_names.Meet(name) is { } fresh)
        {
            _newNames.Add(fresh);
        }

        return null;
    }

    private void See(ResultNode? node)
    {
        var mode = node is null ? AdapterMode.Safe
            : Has(node, ResultRole.Folder) ? AdapterMode.Folder
            : Has(node, ResultRole.Analyses) ? AdapterMode.Status
            : AdapterMode.Safe;
        _mode = mode > _mode ? mode : _mode;
    }

    private static bool Has(ResultNode node, ResultRole role)
    {
        foreach (var use in node.Uses)
        {
            if (use.Role == role)
            {
                return true;
            }
        }

        return false;
    }

    private struct Frame
    {
        public required ResultNode Node { get; init; }

        public ulong Seen { get; set; }
    }
}
