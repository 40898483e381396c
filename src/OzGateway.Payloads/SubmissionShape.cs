namespace OzGateway.Payloads;

/// <summary>How a submission is built: the names, types and sizes of its parts and members in the order in which they came. Never a value.</summary>
public sealed class SubmissionShape
{
    /// <summary>Most places that one shape names; further ones are counted.</summary>
    public const int MaxEntries = 64;

    /// <summary>The path of the body itself.</summary>
    public const string Body = "(body)";

    private readonly List<ShapeEntry> _entries = [];
    private readonly Dictionary<(string Path, ShapeKind Kind), int> _places = [];

    /// <summary>The places, in the order in which they first occurred. A place that occurs again is named once, with its largest size.</summary>
    public IReadOnlyList<ShapeEntry> Entries => _entries;

    /// <summary>Places beyond <see cref="MaxEntries"/>.</summary>
    public int Further { get; private set; }

    /// <summary>Why the reading ended before the end of the body, or <see langword="null"/>.</summary>
    public PayloadFault? Fault { get; internal set; }

    /// <summary>Whether the body was read to its end.</summary>
    public bool IsWhole { get; internal set; }

    /// <summary>The shape without sizes: equal for two submissions that are built alike.</summary>
    public string Outline => Join(static entry => entry.Outline);

    /// <summary>The shape with the orders of its sizes.</summary>
    public override string ToString() => Join(static entry => entry.ToString());

    /// <summary>Adds a place.</summary>
    /// <returns>Its handle for <see cref="Grow"/>; negative when it is counted only.</returns>
    internal int Add(string path, ShapeKind kind, string? mediaType)
    {
        if (_places.TryGetValue((path, kind), out var known))
        {
            return known;
        }

        if (_entries.Count == MaxEntries)
        {
            Further++;
            return -1;
        }

        _places.Add((path, kind), _entries.Count);
        _entries.Add(new ShapeEntry(path, kind, mediaType, 0));
        return _entries.Count - 1;
    }

    /// <summary>Tells what a place turned out to hold.</summary>
    internal void Become(int place, ShapeKind kind)
    {
        if (place >= 0)
        {
            _entries[place] = _entries[place] with { Kind = kind };
        }
    }

    /// <summary>Tells how much a place held this time.</summary>
    internal void Grow(int place, long bytes)
    {
        if (place >= 0 && _entries[place].Bytes < bytes)
        {
            _entries[place] = _entries[place] with { Bytes = bytes };
        }
    }

    private string Join(Func<ShapeEntry, string> text)
    {
        var joined = string.Join(", ", _entries.Select(text));
        joined = Further == 0 ? joined : $"{joined}, and more";
        return Fault is { } fault ? $"{joined} (not read further: {fault})" : IsWhole ? joined : $"{joined} (cut off)";
    }
}
