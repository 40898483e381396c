using System.Globalization;
using System.Text.Json.Nodes;
using OzGateway.Simulator.Dialects;

namespace OzGateway.Simulator.WebAdapter;

/// <summary>The breakages that happen inside a JSON answer, before it becomes bytes.</summary>
internal static class BrokenResults
{
    private const int OversizedBytes = 8 * 1024 * 1024;
    private const int Depth = 1000;

    /// <summary>A result in its wrapper, broken as the scenario says.</summary>
    public static string Write(Dialect dialect, JsonObject result, Breakage breakage, Verdict verdict)
    {
        switch (breakage)
        {
            case Breakage.VerdictAsState:
                result[dialect.StateMember] = Word(verdict);
                break;
            case Breakage.MissingState:
                result.Remove(dialect.StateMember);
                break;
            case Breakage.StateNotString:
                result[dialect.StateMember] = new JsonObject { ["value"] = result[dialect.StateMember]!.DeepClone() };
                break;
            default:
                break;
        }

        var text = result.ToJsonString();
        return breakage switch
        {
            Breakage.DuplicateState => DialectAnswers.Wrap(dialect, Insert(text, $"\"{dialect.StateMember}\":\"{dialect.ProcessingWord}\"")),
            Breakage.LeakBesideResult => Beside(DialectAnswers.Wrap(dialect, text), verdict),
            _ => DialectAnswers.Wrap(dialect, Document(text, breakage, verdict)),
        };
    }

    /// <summary>Any JSON object, with what a breakage adds to it.</summary>
    public static string Document(string text, Breakage breakage, Verdict verdict) => breakage switch
    {
        Breakage.UnknownMember => Insert(text, $"\"brand_new_member\":{{\"outcome\":\"{Word(verdict)}\",\"likelihood\":0.9731}}"),
        Breakage.Oversized => Insert(text, $"\"padding\":\"{new string('x', OversizedBytes)}\""),
        Breakage.TooDeep => Insert(text, $"\"nested\":{new string('[', Depth)}{new string(']', Depth)}"),
        Breakage.LeakToken => Insert(text, $"\"access_token\":\"{new string('a', 128)}\",\"settings\":{{\"api_token\":\"{new string('b', 128)}\"}}"),
        Breakage.InvalidUtf8 => Insert(text, $"\"note\":\"{BrokenBytes.InvalidMark}\""),
        _ => text,
    };

    /// <summary>The verdict as the plugin writes it.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Success => "success",
        Verdict.Declined => "declined",
        Verdict.Failed => "failed",
        Verdict.OperatorRequired => "operator_required",
        _ => throw new InvalidOperationException($"Verdict '{verdict}' has no word."),
    };

    private static string Beside(string answer, Verdict verdict)
    {
        var leak = string.Create(CultureInfo.InvariantCulture, $"\"resolution\":\"{Word(verdict)}\",\"score\":{0.9731}");
        return answer[0] == '[' ? $"{answer[..^1]},{{{leak}}}]" : Insert(answer, leak);
    }

    private static string Insert(string json, string members) =>
        json == "{}" ? $"{{{members}}}" : $"{{{members},{json[1..]}";
}
