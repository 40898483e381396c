using System.Text;
using System.Text.Json;

using OzGateway.Payloads;

namespace OzGateway.Tests.Payloads;

/// <summary>What honest pages send passes as it is, although it is searched.</summary>
public sealed class LawfulBodyTests
{
    private const string Jwt = "eyJhbGciOiJFUzI1NiJ9.eyJ1c2VyX2lkIjoiNDIiLCJzdWIiOiI0MiJ9.MEUCIQDx";

    [Theory]
    [InlineData("plain text")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 in iframe")]
    [InlineData("https://bank.example/check?order=7&bank_transaction_id=8#end")]
    [InlineData("the transaction id is not here, nor is the user of it")]
    [InlineData(Jwt)]
    [InlineData("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ")]
    [InlineData("100% of 5 & more \\ path; a=b")]
    [InlineData("[object Object]")]
    public void A_text_that_names_no_key_stays(string text)
    {
        var quoted = JsonSerializer.Serialize(text);
        Assert.Equal($"[{quoted}]", Rewrite.Json($"[{quoted}]", Rewrite.StripOnly));
        Assert.Equal("a=" + Uri.EscapeDataString(text), Rewrite.Form("a=" + Uri.EscapeDataString(text), Rewrite.StripOnly).Replace("+", "%20", StringComparison.Ordinal).Replace("*", "%2A", StringComparison.Ordinal));
        var part = Rewrite.Field("x", text) + Rewrite.End;
        Assert.Equal(part, Rewrite.Multipart(part, Rewrite.StripOnly));
    }

    /// <summary>Texts that mention a key and give it no value.</summary>
    public static TheoryData<string> Mentions => new(
        "transaction_id", "iin", "IIN", "Transaction-Id", "meta.transaction_id", "/meta/transaction_id", "$.iin", "transaction_id,iin", "iin;transaction_id", "transaction_id iin",
        "the field transaction_id is missing", "Please enter your IIN", "Enter your IIN.", "your iin?", "IIN: ", "transaction_id=", "iin (12 digits)", "(iin)", "iin/bin",
        "no 'transaction_id' in the answer", "no \"transaction_id\" in the answer", "\"iin\", \"transaction_id\"", "['iin', 'transaction_id', 'order']", "\u201ciin\u201d is wrong",
        "`transaction_id` is set by the server", "**iin** is wrong", "<iin>", "Enter <iin> here", "<iin/>", "TypeError at transaction_id (app.js)", "see docs/transaction_id.html",
        "https://bank.example/docs/transaction_id", "https://bank.example/docs/transaction_id/", "https://bank.example/?sort=transaction_id", "https://bank.example/?sort=iin&order=asc",
        "https://bank.example/#transaction_id", "?iin", "?iin&a=1", "?fields=iin,transaction_id&limit=5", "a=1&sort=iin", "transaction_id - order - iin", "iin -> order", "Sort by transaction_id, then by iin",
        "{ transaction_id } is a template", "${iin}", "{{iin}}", "%7Biin%7D", "transaction_id\n", "SELECT iin FROM t", "ORDER BY transaction_id DESC", "dHJhbnNhY3Rpb25faWQ=", "iin\tname\torder");

    [Theory]
    [MemberData(nameof(Mentions))]
    public void A_text_that_only_mentions_a_key_stays(string text) => A_text_that_names_no_key_stays(text);

    [Theory]
    [InlineData("""{"id_type":"iin"}""")]
    [InlineData("""{"note":"transaction_id"}""")]
    [InlineData("""{"name":"transaction_id"}""")]
    [InlineData("""{"name":"iin","label":"IIN","type":"string"}""")]
    [InlineData("""{"value":"transaction_id","name":"sort"}""")]
    [InlineData("""{"field":"iin","message":"is required"}""")]
    [InlineData("""{"type":"iin","value":"of another kind"}""")]
    [InlineData("""{"document":{"kind":"IIN","content":"AAAA"}}""")]
    [InlineData("""{"name":{"first":"iin"},"value":1}""")]
    [InlineData("""{"a":{"name":"iin"},"value":"1"}""")]
    [InlineData("""{"name":"iin.jpg","data":"AAAA"}""")]
    [InlineData("""{"name":"the iin of it","value":"1"}""")]
    [InlineData("""["transaction_id"]""")]
    [InlineData("""["transaction_id","iin"]""")]
    [InlineData("""["transaction_id","order","iin"]""")]
    [InlineData("""["order","iin"]""")]
    [InlineData("""{"required":["iin","order"],"values":[1,2],"x":{"fields":["iin"]}}""")]
    public void Json_that_only_mentions_a_key_stays(string body)
    {
        Assert.Equal(body, Rewrite.Json(body, Rewrite.StripOnly));
        var quoted = JsonSerializer.Serialize(body);
        Assert.Equal($"[{quoted}]", Rewrite.Json($"[{quoted}]", Rewrite.StripOnly));
        var part = Rewrite.Field("x", body) + Rewrite.End;
        Assert.Equal(part, Rewrite.Multipart(part, Rewrite.StripOnly));
    }

    [Theory]
    [InlineData("https://bank.example/a?transaction_id=x", "https://bank.example/a")]
    [InlineData("https://bank.example/a?transaction_id=x&b=2#c", "https://bank.example/a?b=2#c")]
    [InlineData("https://bank.example/a?b=2&transaction_id=x", "https://bank.example/a?b=2")]
    [InlineData("https://bank.example/a?b=2&meta[iin]=x&c=%20#/d", "https://bank.example/a?b=2&c=%20#/d")]
    [InlineData("https://bank.example/a?b=2#iin=x&d=1", "https://bank.example/a?b=2#d=1")]
    [InlineData("transaction_id=x&b=2", "b=2")]
    [InlineData("b=2&transaction%5Fid=x&c=3", "b=2&c=3")]
    [InlineData("?iin=1&b=2", "?b=2")]
    public void An_address_loses_the_pair_alone(string text, string left)
    {
        Assert.Equal($"[\"{left}\"]", Rewrite.Json($"[\"{text}\"]", Rewrite.StripOnly));
        Assert.Equal("a=" + Uri.EscapeDataString(left), Rewrite.Form("a=" + Uri.EscapeDataString(text), Rewrite.StripOnly).Replace("*", "%2A", StringComparison.Ordinal));
        Assert.Equal(Rewrite.Field("x", left) + Rewrite.End, Rewrite.Multipart(Rewrite.Field("x", text) + Rewrite.End, Rewrite.StripOnly));
    }

    [Theory]
    [InlineData("sort=iin&value=1", "sort=iin&value=1")]
    [InlineData("name=iin&order=1", "name=iin&order=1")]
    [InlineData("list%5B0%5D%5Bname%5D=iin", "list%5B0%5D%5Bname%5D=iin")]
    public void A_form_that_only_mentions_a_key_stays(string body, string left) => Assert.Equal(left, Rewrite.Form(body, Rewrite.StripOnly));

    [Theory]
    [InlineData("iin.png")]
    [InlineData("transaction_id")]
    public void A_file_keeps_a_name_that_only_mentions_a_key(string name)
    {
        var body = Rewrite.Part($"Content-Disposition: form-data; name=\"f\"; filename=\"{name}\"\r\nContent-Type: image/png", "\u0001") + Rewrite.End;
        Assert.Equal(body, Rewrite.Multipart(body, Rewrite.StripOnly));
    }

    [Theory]
    [InlineData("bank_transaction_id")]
    [InlineData("transaction")]
    [InlineData("iin_checked")]
    [InlineData("id")]
    public void A_pair_of_the_pages_own_stays(string key)
    {
        var body = $"{{\"meta\":{{\"{key}\":\"kept\"}}}}";
        Assert.Equal(body, Rewrite.Json(body, Rewrite.StripOnly));
        Assert.Equal($"meta%5B{key}%5D=kept", Rewrite.Form($"meta[{key}]=kept", Rewrite.StripOnly));
    }

    [Theory]
    [InlineData(30_000)]
    [InlineData(3_000_000)]
    public void Long_base64_in_json_and_in_a_form_stays(int length)
    {
        var media = new byte[length];
        new Random(length).NextBytes(media);
        var text = Convert.ToBase64String(media);
        Assert.Equal($"{{\"video\":\"{text}\"}}", Rewrite.Json($"{{\"video\":\"{text}\"}}", Rewrite.StripOnly));
        Assert.Equal(text, Uri.UnescapeDataString(Rewrite.Form("video=" + Uri.EscapeDataString(text), Rewrite.StripOnly)["video=".Length..]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(100_000)]
    public void A_file_of_text_stays_byte_for_byte(int length)
    {
        var body = Rewrite.Part("Content-Disposition: form-data; name=\"f\"; filename=\"f.csv\"\r\nContent-Type: application/octet-stream", new string('7', length)) + Rewrite.End;
        Assert.Equal(body, Rewrite.Multipart(body, Rewrite.StripOnly));
    }

    [Fact]
    public void The_boundary_that_is_written_is_ours()
    {
        var rewriter = PayloadRewriter.Create(PayloadKind.Multipart, Rewrite.StripOnly, Rewrite.Boundary, "ours");
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        rewriter.Write(Encoding.UTF8.GetBytes(Rewrite.Field("a", "1") + Rewrite.End), output);
        rewriter.Complete(output);
        Assert.Equal("--ours\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--ours--\r\n", Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
