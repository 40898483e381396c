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
