using System.Text.Json;

namespace OzGateway.Payloads;

/// <summary>Reads one answer in one pass and keeps what the rules look for; everything else is validated and forgotten.</summary>
internal sealed class ResultReader(JsonProjector projector, PayloadLimits limits)
{
    private const int MaxStateLength = 64;

    private int _level;

    public ResultFinding[] Findings { get; } = [.. Enumerable.Range(0, projector.Rules.Wrappers.Count).Select(static _ => new ResultFinding())];

    public string?[] Kept { get; } = new string?[projector.Rules.Keep.Count];

    public void Read(ReadOnlySpan<byte> document, ResultNode node)
    {
        var reader = StrictJson.Open(document, limits);
        try
        {
            StrictJson.Read(ref reader);
            ReadValue(ref reader, node);
        }
        catch (JsonException)
        {
            throw StrictJson.Fault(ref reader, document, limits);
        }

        StrictJson.Close(ref reader, document);
    }

    private void ReadValue(ref Utf8JsonReader reader, ResultNode node)
    {
        if (reader.TokenType == JsonTokenType.String && node.IsContainer && SensitiveNames.LooksLikeJson(reader.ValueSpan.IsEmpty ? [] : Text(ref reader)))
        {
            ReadEmbedded(Text(ref reader), node);
            return;
        }

        foreach (var wrapper in node.Wrappers)
        {
            Findings[wrapper].Results++;
        }

        foreach (var wrapper in node.States)
        {
            Findings[wrapper].Take(ReadState(ref reader));
        }

        if (node.Kept >= 0)
        {
            Kept[node.Kept] = ReadKept(ref reader, node.Kept);
        }

        foreach (var wrapper in node.Folders)
        {
            Findings[wrapper].Folder = AnalysisReader.ReadFolder(ref reader, Findings[wrapper].Folder);
        }

        if (node.Analyses.Count > 0)
        {
            ReadAnalyses(ref reader, node);
            return;
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject when node.Count > 0:
                ReadObject(ref reader, node);
                break;
            case JsonTokenType.StartArray when node.Element is { } element:
                ReadArray(ref reader, element);
                break;
            default:
                StrictJson.Skip(ref reader);
                break;
        }
    }

    private void ReadObject(ref Utf8JsonReader reader, ResultNode node)
    {
        var seen = 0UL;
        while (true)
        {
            StrictJson.Read(ref reader);
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return;
            }

            var child = Find(ref reader, node);
            var start = reader.TokenStartIndex;
            StrictJson.Read(ref reader);
            if (child < 0)
            {
                StrictJson.Skip(ref reader);
                continue;
            }

            if ((seen & (1UL << child)) != 0)
            {
                throw new PayloadException(PayloadFault.DuplicateMember, start);
            }

            seen |= 1UL << child;
            ReadValue(ref reader, node.ChildAt(child));
        }
    }

    private void ReadArray(ref Utf8JsonReader reader, ResultNode element)
    {
        while (true)
        {
            StrictJson.Read(ref reader);
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                return;
            }

            ReadValue(ref reader, element);
        }
    }

    private void ReadEmbedded(byte[] text, ResultNode node)
    {
        if (++_level > limits.MaxEmbeddedLevels)
        {
            throw new PayloadException(PayloadFault.TooDeep, 0);
        }

        Read(text, node);
        _level--;
    }

    private void ReadAnalyses(ref Utf8JsonReader reader, ResultNode node)
    {
        var analyses = AnalysisReader.Read(ref reader);
        foreach (var wrapper in node.Analyses)
        {
            if (Findings[wrapper].Analyses is not null)
            {
                throw new PayloadException(PayloadFault.DuplicateMember, reader.TokenStartIndex);
            }

            Findings[wrapper].Analyses = analyses;
        }
    }

    private ProjectedState? ReadState(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= MaxStateLength ? projector.StateOf(reader.GetString()!) : null;

    private string ReadKept(ref Utf8JsonReader reader, int index)
    {
        var value = reader.TokenType == JsonTokenType.String ? reader.GetString()! : null;
        return value is not null && projector.IsKept(index, value) && Kept[index] is null
            ? value
            : throw new PayloadException(PayloadFault.KeptMemberInvalid, reader.TokenStartIndex);
    }

    private static int Find(ref Utf8JsonReader reader, ResultNode node)
    {
        for (var i = 0; i < node.Count; i++)
        {
            if (reader.ValueTextEquals(node.NameAt(i)))
            {
                return i;
            }
        }

        return -1;
    }

    private static byte[] Text(ref Utf8JsonReader reader)
    {
        var text = new byte[reader.ValueSpan.Length];
        return text[..reader.CopyString(text)];
    }
}
