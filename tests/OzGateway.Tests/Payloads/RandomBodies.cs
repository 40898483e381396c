using System.Text;
using System.Text.Json;

namespace OzGateway.Tests.Payloads;

/// <summary>Bodies and documents by seed: the same seed gives the same body.</summary>
internal sealed class RandomBodies(int seed)
{
    /// <summary>What the page writes under keys of ours. No other text holds it.</summary>
    public const string Evil = "PAGEMADE";

    private static readonly string[] Keys =
        ["transaction_id", "Transaction-Id", "TRANSACTIONID", "transaction id", "meta[transaction_id]", "meta.transaction_id", "iin", "I-I-N", "transaction%5fid", "transaction_id[]"];

    private static readonly string[] Names = ["a", "b", "video", "params", "\u00e9", "tid", "transaction", "x\"y", "state", "\U0001F600"];

    private readonly Random _random = new(seed);

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T One<T>(T[] items) => items[_random.Next(items.Length)];

    /// <summary>An object; about every third has the page's value in it somewhere.</summary>
    public string Object(int depth, bool withMeta = false)
    {
        var members = new List<string>();
        for (var i = _random.Next(4); i > 0; i--)
        {
            members.Add(Space() + (Chance(25) ? Text(One(Keys)) + ":" + Poison(depth) : Text(One(Names)) + Space() + ":" + Value(depth - 1)));
        }

        if (withMeta && Chance(60))
        {
            var meta = Object(depth - 1);
            members.Insert(_random.Next(members.Count + 1), "\"meta\":" + (Chance(30) ? Text(meta) : meta));
        }

        return "{" + string.Join(',', members) + Space() + "}";
    }

    public string Form(bool withMeta = true)
    {
        var fields = new List<string>();
        for (var i = _random.Next(5); i > 0; i--)
        {
            fields.Add(Chance(40) ? Percent(One(Keys)) + "=" + Percent(Evil) : Percent(One(Names)) + "=" + Percent(Chance(50) ? Object(2) : "value " + i));
        }

        if (withMeta && Chance(50))
        {
            fields.Insert(_random.Next(fields.Count + 1), "meta=" + Percent(Object(2)));
        }

        return string.Join('&', fields);
    }

    public string Multipart(bool withMeta = true)
    {
        var parts = new List<string>();
        for (var i = _random.Next(5); i > 0; i--)
        {
            parts.Add(Chance(40) ? Rewrite.Field(One(Keys), Evil)
                : Chance(50) ? Rewrite.Field("p" + i, Chance(60) ? Object(2) : "text " + i)
                : Rewrite.Part($"Content-Disposition: form-data; name=\"v{i}\"; filename=\"f\"\r\nContent-Type: image/png", Encoding.Latin1.GetString(LookAlikes.Of(_random.Next(300), i)).Replace('\u0080', 'x')));
        }

        if (withMeta && Chance(50))
        {
            parts.Insert(_random.Next(parts.Count + 1), Rewrite.Field("meta", Object(2)));
        }

        return string.Concat(parts) + Rewrite.End;
    }

    /// <summary>Cut points within a body, in order; some at the same place.</summary>
    public int[] Cuts(int length)
    {
        var cuts = new int[_random.Next(12)];
        for (var i = 0; i < cuts.Length; i++)
        {
            cuts[i] = _random.Next(length + 1);
        }

        Array.Sort(cuts);
        return cuts;
    }

    /// <summary>The bytes with a few of them changed, lost or doubled.</summary>
    public byte[] Mutate(byte[] body)
    {
        var bytes = body.ToList();
        for (var i = _random.Next(1, 4); i > 0 && bytes.Count > 0; i--)
        {
            var at = _random.Next(bytes.Count);
            switch (_random.Next(3))
            {
                case 0: bytes[at] = One("{}[]\",:\\u0e-.\r\n \u00ff\u00c3&=%+"u8.ToArray()); break;
                case 1: bytes.RemoveAt(at); break;
                default: bytes.Insert(at, bytes[_random.Next(bytes.Count)]); break;
            }
        }

        return [.. bytes];
    }

    private string Poison(int depth) => _random.Next(4) switch
    {
        0 => Text(Evil),
        1 => "[" + Text(Evil) + "]",
        2 => "{\"deep\":" + Text(Evil) + "}",
        _ => depth > 1 ? Text("{\"x\":\"" + Evil + "\"}") : Text(Evil),
    };

    private string Value(int depth) => _random.Next(depth > 0 ? 8 : 5) switch
    {
        0 => One(["1", "-0.5e+3", "12345678901234567890", "0"]),
        1 => One(["true", "false", "null"]),
        2 => Text(One(["", "text", "\u00e9\u20ac\U0001F600", "a\"b\\c\n", "[object Object]", "  {"])),
        3 => Text(new string('A', _random.Next(200))),
        4 => "[]",
        5 => "[" + Value(depth - 1) + Space() + "," + Value(depth - 1) + "]",
        6 => Text(Object(depth - 1)),
        _ => Object(depth - 1),
    };

    private string Space() => One(["", "", " ", "\r\n\t"]);

    /// <summary>A JSON string in one of the spellings that mean the same.</summary>
    private string Text(string text)
    {
        if (Chance(50))
        {
            return JsonSerializer.Serialize(text);
        }

        var escaped = new StringBuilder("\"");
        foreach (var c in text)
        {
            escaped.Append(c is '"' or '\\' || char.IsControl(c) || char.IsSurrogate(c) || Chance(15) ? $"\\u{(int)c:x4}" : c);
        }

        return escaped.Append('"').ToString();
    }

    private static string Percent(string text) => Uri.EscapeDataString(text);
}
