using OzGateway.Problems;

namespace OzGateway.Configuration.Reading;

/// <summary>Where each path stands in the file.</summary>
internal sealed class Positions
{
    private static readonly TextPosition Top = new(1, 1);

    private readonly Dictionary<string, TextPosition> _positions = new(StringComparer.Ordinal);

    /// <summary>Notes the positions of everything beneath a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="path">Its path.</param>
    public void Note(YamlNode node, string path)
    {
        _positions.TryAdd(path, node.At);
        if (node is YamlMapping mapping)
        {
            foreach (YamlEntry entry in mapping.Entries)
            {
                string child = YamlPath.Child(path, entry.Key);
                _positions.TryAdd(child, entry.Value is YamlScalar { IsNothing: false } ? entry.Value.At : entry.KeyAt);
                Note(entry.Value, child);
            }
        }
        else if (node is YamlSequence sequence)
        {
            for (int index = 0; index < sequence.Items.Count; index++)
            {
                Note(sequence.Items[index], $"{path}[{index}]");
            }
        }
    }

    /// <summary>Whether the file itself says something at a path.</summary>
    /// <param name="path">The path.</param>
    public bool IsWritten(string path) => _positions.ContainsKey(path);

    /// <summary>The position of a path, or of the nearest place around it.</summary>
    /// <param name="path">The path.</param>
    public TextPosition Find(string path)
    {
        while (path.Length > 0)
        {
            if (_positions.TryGetValue(path, out TextPosition position))
            {
                return position;
            }

            path = path[..Math.Max(path.LastIndexOfAny(['.', '[']), 0)];
        }

        return Top;
    }
}
