using System.Text.Json;
using System.Text.RegularExpressions;

namespace OzGateway.Payloads;

/// <summary>Reads what status and folder mode show beside the state: exactly the documented members, with bounded names and values.</summary>
internal static partial class AnalysisReader
{
    /// <summary>Reads <c>analyses</c>: per type an object of which <c>state</c> and <c>resolution</c> are taken.</summary>
    public static List<AnalysisResult> Read(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        var analyses = new List<AnalysisResult>();
        var types = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            StrictJson.Read(ref reader);
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return analyses;
            }

            var type = Checked(ref reader, TypePattern());
            if (!types.Add(type))
            {
                throw new PayloadException(PayloadFault.DuplicateMember, reader.TokenStartIndex);
            }

            StrictJson.Read(ref reader);
            analyses.Add(ReadOne(ref reader, type));
        }
    }

    public static string ReadFolder(ref Utf8JsonReader reader, string? earlier)
    {
        if (earlier is not null)
        {
            throw new PayloadException(PayloadFault.DuplicateMember, reader.TokenStartIndex);
        }

        Expect(ref reader, JsonTokenType.String);
        return Checked(ref reader, FolderPattern());
    }

    private static AnalysisResult ReadOne(ref Utf8JsonReader reader, string type)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        string? state = null;
        string? resolution = null;
        while (true)
        {
            StrictJson.Read(ref reader);
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return new AnalysisResult(type, state, resolution);
            }

            var (isState, isResolution) = (reader.ValueTextEquals("state"u8), reader.ValueTextEquals("resolution"u8));
            StrictJson.Read(ref reader);
            if (isState)
            {
                state = ReadWord(ref reader, state);
            }
            else if (isResolution)
            {
                resolution = ReadWord(ref reader, resolution);
            }
            else
            {
                StrictJson.Skip(ref reader);
            }
        }
    }

    private static string ReadWord(ref Utf8JsonReader reader, string? earlier)
    {
        if (earlier is not null)
        {
            throw new PayloadException(PayloadFault.DuplicateMember, reader.TokenStartIndex);
        }

        Expect(ref reader, JsonTokenType.String);
        return Checked(ref reader, WordPattern());
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            throw new PayloadException(PayloadFault.KeptMemberInvalid, reader.TokenStartIndex);
        }
    }

    private static string Checked(ref Utf8JsonReader reader, Regex pattern)
    {
        var text = reader.GetString()!;
        return pattern.IsMatch(text) ? text : throw new PayloadException(PayloadFault.KeptMemberInvalid, reader.TokenStartIndex);
    }

    [GeneratedRegex(@"\A[a-z_]{1,32}\z")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"\A[a-z_]{0,32}\z")]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex FolderPattern();
}
