using System.Net;
using System.Text;
using System.Text.Json;

using OzGateway.Payloads;

namespace OzGateway.Tests.Payloads;

/// <summary>
/// Bodies by which a page tries to get its own id past the gateway: every spelling of a key, every place it can stand in, and every text that
/// some reader would find it in. The page's value is <see cref="RandomBodies.Evil"/>.
/// </summary>
internal static class HostileBodies
{
    private const string Evil = RandomBodies.Evil;

    /// <summary>Names that some server reads as a key of ours.</summary>
    private static readonly string[] Names =
    [
        "transaction_id", "Transaction-Id", "TRANSACTIONID", "transactionId", "transaction.id", "transaction id", " transaction_id", "transaction_id ", "_transaction_id_",
        "transaction%5Fid", "transaction%255fid", "%74ransaction_id", "tran\u017faction_id", "transact\u0131on_id", "\uff54ransaction_id", "transaction\u200b_id", "trans\u00adaction_id",
        "transaction_id[]", "transaction_id[0]", "meta[transaction_id]", "meta[transaction_id][]", "meta.transaction_id", "[transaction_id]", "a[b][transaction_id]",
        "$.meta.transaction_id", "/meta/transaction_id", "meta:transaction_id", "meta->transaction_id", "meta|transaction_id", "__proto__[transaction_id]",
        "constructor.prototype.transaction_id", "'transaction_id'", "<transaction_id>", "transaction_id=1", "x?transaction_id", "iin", "I-I-N", "IIN", "meta[iin]", "end-user-id", "endUserId",
    ];

    /// <summary>The few of them that can stand as a word in any text.</summary>
    private static readonly string[] Words = ["transaction_id", "Transaction-Id", "transactionId", "TRANSACTION_ID", "iin", "end_user_id", "meta.transaction_id"];

    /// <summary>All bodies of a kind, each with a word that says what it is.</summary>
    public static IEnumerable<(string Label, byte[] Body)> Of(PayloadKind kind) => kind switch
    {
        PayloadKind.Json => Named(Json()),
        PayloadKind.Form => Named(Form()),
        _ => Named(Multipart()),
    };

    private static IEnumerable<(string, byte[])> Named(IEnumerable<(string Label, string Body)> bodies) =>
        bodies.Select(static body => (body.Label, Encoding.UTF8.GetBytes(body.Body)));

    private static IEnumerable<(string, string)> Json()
    {
        foreach (var name in Names)
        {
            var (key, value) = (Quoted(name), Quoted(Evil));
            yield return ("root " + name, $$$$"""{{{{{key}}}}:{{{{value}}}},"meta":{}}""");
            yield return ("meta " + name, $$$$"""{"meta":{"a":1,{{{{key}}}}:{{{{value}}}}},"b":2}""");
            yield return ("late " + name, $$$$"""{"meta":{},"video":"AAAA","z":[[{"y":{{{{{key}}}}:[{{{{value}}}}]}}]]}""");
            yield return ("twice " + name, $$$$"""{"meta":{{{{{key}}}}:"x",{{{{key}}}}:{"deep":{{{{value}}}}}}}""");
            yield return ("escaped " + name, "{\"meta\":{" + Escaped(name) + ":" + value + "}}");
            yield return ("meta in a string " + name, "{\"meta\":" + Quoted($$$$"""{{{{{key}}}}:{{{{value}}}}}""") + "}");
            yield return ("prototype " + name, $$$$"""{"meta":{},"__proto__":{{{{{key}}}}:{{{{value}}}}},"constructor":{"prototype":{{{{{key}}}}:{{{{value}}}}}}}""");
        }

        foreach (var (label, text) in Texts())
        {
            yield return ("text " + label, $$$$"""{"meta":{"note":{{{{Quoted(text)}}}}}}""");
            yield return ("root text " + label, $$$$"""{"note":[{{{{Quoted(text)}}}}],"meta":{}}""");
            yield return ("name " + label, $$$$"""{{{{{Quoted(text)}}}}:1,"meta":{}}""");
        }

        foreach (var word in Words)
        {
            yield return ("pair " + word, $$$$"""{"meta":{},"list":[{"name":{{{{Quoted(word)}}}},"value":"{{{{Evil}}}}"}]}""");
            yield return ("pair, value first " + word, $$$$"""{"list":[{"value":"{{{{Evil}}}}","key":{{{{Quoted(word)}}}}}],"meta":{}}""");
            yield return ("entries " + word, $$$$"""{"meta":{},"entries":[[{{{{Quoted(word)}}}},"{{{{Evil}}}}"]]}""");
            yield return ("pair in a string " + word, "{\"meta\":{},\"x\":" + Quoted($$$$"""[{"id":{{{{Quoted(word)}}}},"valueString":"{{{{Evil}}}}"}]""") + "}");
            yield return ("entry of an object " + word, $$$$"""{"meta":{},"entry":[{{{{Quoted(word)}}}},{"x":"{{{{Evil}}}}"}]}""");
            yield return ("columns " + word, $$$$"""{"meta":{},"keys":["a",{{{{Quoted(word)}}}}],"values":[1,"{{{{Evil}}}}"]}""");
            yield return ("patch " + word, $$$$"""{"meta":{},"patch":[{"op":"add","path":{{{{Quoted("/meta/" + word)}}}},"value":"{{{{Evil}}}}"}]}""");
        }

        foreach (var surplus in (string[])["\u0000", " {}", "x", "{\"meta\":{\"transaction_id\":\"" + Evil + "\"}}", "\n{\"transaction_id\":\"" + Evil + "\"}", "//"])
        {
            yield return ("surplus " + surplus, "{\"meta\":{}}" + surplus);
        }

        foreach (var broken in (string[])["{meta:{transaction_id:'EVIL'}}", "{\"meta\":{'transaction_id':'EVIL'}}", "{\"meta\":{/**/\"transaction_id\":\"EVIL\"}}", "\ufeff{\"meta\":{\"iin\":\"EVIL\"}}", "[{\"meta\":{\"iin\":\"EVIL\"}}]", "{\"meta\":[{\"iin\":\"EVIL\"}]}", "{\"meta\":{},\"meta\":{\"iin\":\"EVIL\"}}", "{\"meta\":null,\"x\":{\"iin\":\"EVIL\"}}", "{\"meta\":{\"iin\":\"EVIL\",}}"])
        {
            yield return ("lax " + broken, broken.Replace("EVIL", Evil, StringComparison.Ordinal));
        }
    }

    private static IEnumerable<(string, string)> Form()
    {
        foreach (var name in Names)
        {
            var (plain, encoded, twice) = (Percent(name), Everything(name), Percent(Percent(name)));
            yield return ("plain " + name, $"{plain}={Evil}&meta=%7B%7D");
            yield return ("late " + name, $"meta=%7B%7D&a=1&{plain}={Evil}");
            yield return ("encoded " + name, $"a=1&{encoded}={Evil}");
            yield return ("twice encoded " + name, $"{twice}={Evil}");
            yield return ("doubled " + name, $"{plain}=x&{plain}={Evil}&{plain}[]={Evil}");
            yield return ("in meta " + name, $"meta={Percent("{" + Quoted(name) + ":\"" + Evil + "\"}")}");
            yield return ("in another field " + name, $"data={Percent("{\"a\":{" + Quoted(name) + ":\"" + Evil + "\"}}")}");
        }

        foreach (var (label, text) in Texts())
        {
            yield return ("text " + label, "note=" + Percent(text));
            yield return ("all encoded text " + label, "meta=%7B%7D&note=" + Everything(text));
            yield return ("name " + label, Percent(text) + "=1");
        }

        foreach (var word in Words)
        {
            yield return ("pair " + word, $"name={Percent(word)}&value={Evil}");
            yield return ("nested pair " + word, $"list[0][value]={Evil}&list[0][name]={Percent(word)}&meta=%7B%7D");
            yield return ("columns " + word, $"keys[]={Percent(word)}&values[]={Evil}&meta=%7B%7D");
        }

        foreach (var lax in (string[])["a=1;transaction_id=EVIL", "a=%&transaction_id=EVIL", "transaction_id%00=EVIL", "a=1\r\ntransaction_id=EVIL", "transaction_id%3DEVIL", "=EVIL&transaction_id=EVIL", "\ufefftransaction_id=EVIL", "%FEtransaction_id=EVIL", "a=1?transaction_id=EVIL", "meta=%7B%7D&meta%5Ba%5D=1&transaction_id=EVIL"])
        {
            yield return ("lax " + lax, lax.Replace("EVIL", Evil, StringComparison.Ordinal));
        }
    }

    private static IEnumerable<(string, string)> Multipart()
    {
        const string Video = "Content-Disposition: form-data; name=\"video\"; filename=\"blob\"\r\nContent-Type: video/webm";
        foreach (var name in Names.Where(static name => !name.Contains('"', StringComparison.Ordinal)))
        {
            var field = Rewrite.Field(name, Evil);
            yield return ("field " + name, field + Rewrite.Field("meta", "{}") + Rewrite.End);
            yield return ("late field " + name, Rewrite.Field("meta", "{}") + Rewrite.Part(Video, "\u0001\u0002") + field + field + Rewrite.End);
            yield return ("file " + name, Rewrite.Part($"Content-Disposition: form-data; name=\"{name}\"; filename=\"a.bin\"\r\nContent-Type: application/octet-stream", Evil) + Rewrite.End);
            yield return ("in meta " + name, Rewrite.Field("meta", "{" + Quoted(name) + ":\"" + Evil + "\"}") + Rewrite.End);
            yield return ("in another part " + name, Rewrite.Field("data", "[{" + Quoted(name) + ":\"" + Evil + "\"}]") + Rewrite.End);
            yield return ("in a file of JSON " + name, Rewrite.Part("Content-Disposition: form-data; name=\"x\"; filename=\"x.bin\"\r\nContent-Type: application/octet-stream", "{" + Quoted(name) + ":\"" + Evil + "\"}") + Rewrite.End);
            yield return ("file name " + name, Rewrite.Part($"Content-Disposition: form-data; name=\"v\"; filename=\"{name}={Evil}\"\r\nContent-Type: video/webm", "\u0001") + Rewrite.End);
        }

        foreach (var (label, text) in Texts())
        {
            yield return ("text " + label, Rewrite.Field("note", text) + Rewrite.End);
            yield return ("text file " + label, Rewrite.Part("Content-Disposition: form-data; name=\"f\"; filename=\"f\"\r\nContent-Type: application/octet-stream", text) + Rewrite.Field("meta", "{}") + Rewrite.End);
        }

        foreach (var word in Words)
        {
            yield return ("pair " + word, Rewrite.Field("name", word) + Rewrite.Field("value", Evil) + Rewrite.End);
        }

        foreach (var header in (string[])["Content-Type: text/plain; transaction_id=EVIL", "Content-Type: video/webm; transaction_id=EVIL", "X-Transaction-Id: EVIL", "transaction_id: EVIL", "Content-Description: transaction_id=EVIL", "Content-Type: application/x.transaction_id; a=EVIL", "Content-ID: <EVIL>", "Content-Type: multipart/mixed; boundary=C", "Content-Transfer-Encoding: base64", "Content-Location: ?transaction_id=EVIL"])
        {
            yield return ("header " + header, Rewrite.Part("Content-Disposition: form-data; name=\"a\"\r\n" + header.Replace("EVIL", Evil, StringComparison.Ordinal), "v") + Rewrite.End);
        }

        var good = Rewrite.Field("meta", "{}") + Rewrite.End;
        yield return ("preamble", "transaction_id=" + Evil + "\r\n" + good);
        yield return ("epilogue", good + Rewrite.Field("transaction_id", Evil) + Rewrite.End);
        yield return ("epilogue without a line end", good.TrimEnd() + Rewrite.Field("transaction_id", Evil));
        yield return ("bare line feeds", Rewrite.Field("transaction_id", Evil).Replace("\r\n", "\n", StringComparison.Ordinal) + good);
        yield return ("delimiter with a bare line feed in a file", Rewrite.Part(Video, "\u0001\n" + Rewrite.Field("transaction_id", Evil)) + good);
        yield return ("padding behind a boundary", good.Replace(Rewrite.Boundary + "\r\n", Rewrite.Boundary + " \r\n", StringComparison.Ordinal) + Evil);
        yield return ("no end", Rewrite.Field("transaction_id", Evil) + Rewrite.Field("meta", "{}"));
        yield return ("a longer boundary", Rewrite.Field("a", "1") + "--" + Rewrite.Boundary + "X\r\nContent-Disposition: form-data; name=\"transaction_id\"\r\n\r\n" + Evil + "\r\n" + good);
    }

    /// <summary>Texts that carry the page's value under a key of ours for one reader or another.</summary>
    private static IEnumerable<(string Label, string Text)> Texts()
    {
        foreach (var word in Words)
        {
            var json = $$$$"""{"{{{{word}}}}":"{{{{Evil}}}}"}""";
            yield return ("json " + word, json);
            yield return ("json in json " + word, "[" + Quoted(json) + "]");
            yield return ("json in json in json " + word, Quoted("{\"a\":" + Quoted(json) + "}"));
            yield return ("query " + word, $"a=1&{word}={Evil}");
            yield return ("address " + word, $"https://bank.example/check?{word}={Evil}#end");
            yield return ("matrix " + word, $"a;{word}={Evil};b");
            yield return ("lines " + word, $"a: 1\r\n{word}: {Evil}\r\n");
            yield return ("xml " + word, $"<meta><{word}>{Evil}</{word}></meta>");
            yield return ("php " + word, $"a:1:{{s:{word.Length}:\"{word}\";s:8:\"{Evil}\";}}");
            yield return ("lax " + word, $"{{{word}:'{Evil}'}}");
            yield return ("call " + word, $"set('{word}', '{Evil}')");
            yield return ("percent " + word, Percent(json));
            yield return ("percent twice " + word, Percent(Percent(json)));
            yield return ("all percent " + word, Everything(json));
            yield return ("percent query " + word, Everything($"{word}={Evil}"));
            yield return ("html " + word, WebUtility.HtmlEncode(json));
            yield return ("references " + word, string.Concat(json.Select(static c => $"&#{(int)c};")));
            yield return ("hex references " + word, string.Concat(json.Select(static c => $"&#x{(int)c:x};")));
            yield return ("escapes " + word, string.Concat(json.Select(static c => $"\\u{(int)c:x4}")));
            yield return ("hex escapes " + word, string.Concat(json.Select(static c => $"\\x{(int)c:x2}")));
            yield return ("base64 " + word, Base64(json));
            yield return ("base64 query " + word, Base64($"{word}={Evil}"));
            yield return ("base64url " + word, Base64(json).TrimEnd('=').Replace('+', '-').Replace('/', '_'));
            yield return ("base64 in lines " + word, string.Join("\r\n", Base64(json).Chunk(16).Select(static line => new string(line))));
            yield return ("base64 twice " + word, Base64(Base64(json)));
            yield return ("base64 of percent " + word, Base64(Percent(json)));
            yield return ("percent of base64 " + word, Percent(Base64(json)));
            yield return ("data url " + word, "data:application/json;base64," + Base64(json));
            yield return ("data url, percent " + word, "data:application/json," + Percent(json));
            yield return ("base64 of utf-16 " + word, Convert.ToBase64String(Encoding.Unicode.GetBytes(json)));
            yield return ("long " + word, new string('x', 20_000) + "&" + word + "=" + Evil);
            yield return ("long in base64 " + word, Base64(new string(' ', 20_000) + json));
            yield return ("over two windows " + word, new string('x', 18_429) + "&" + word + "=" + Evil);
            yield return ("sign in the next window " + word, new string('x', 18_430 - word.Length) + " " + word + new string(' ', 50) + "=" + Evil);
            yield return ("blanks over a window " + word, word + new string(' ', 20_000) + "=" + Evil);
            yield return ("gap " + word, $"{word} \t\r\n : {Evil}");
            yield return ("gap of a comment " + word, $"{{{word}/* a */:'{Evil}'}}");
            yield return ("index " + word, $"{word}[0]={Evil}");
            yield return ("arrow " + word, $"array('{word}' => '{Evil}')");
            yield return ("list " + word, $"['{word}', '{Evil}']");
            yield return ("attribute " + word, $"<meta {word}=\"{Evil}\"/>");
            yield return ("attribute of the element " + word, $"<{word} value='{Evil}'/>");
            yield return ("element in a space of names " + word, $"<a:{word}>{Evil}</a:{word}>");
            yield return ("property " + word, $"<property name=\"{word}\" value=\"{Evil}\"/>");
            yield return ("property with content " + word, $"<property name='{word}'>{Evil}</property>");
            yield return ("value before name " + word, $"<property value=\"{Evil}\" name=\"{word}\"/>");
            yield return ("part " + word, $"--B\r\nContent-Disposition: form-data; name=\"{word}\"\r\n\r\n{Evil}\r\n--B--");
            yield return ("wide signs " + word, $"{word}\uff1a{Evil}");
            yield return ("pair in a query " + word, $"?name={word}&value={Evil}");
            yield return ("named references " + word, $"&lt;{word}&gt;{Evil}&lt;/{word}&gt;");
            yield return ("named signs " + word, $"{word}&equals;{Evil}");
        }
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static string Escaped(string text) => "\"" + string.Concat(text.Select(static c => $"\\u{(int)c:x4}")) + "\"";

    private static string Percent(string text) => Uri.EscapeDataString(text);

    private static string Everything(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(static b => $"%{b:x2}"));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
