using System.Text;

using OzGateway.Payloads;

namespace OzGateway.Tests.Payloads;

public sealed class MultipartInjectorTests
{
    private const string Meta = "{\"transaction_id\":\"oz1_SERVERMADE\"}";
    private const string Named = "Content-Disposition: form-data; name=\"x\"";

    private static string End => Rewrite.End;

    [Fact]
    public void A_part_is_created_before_the_end_when_none_occurs()
    {
        Assert.Equal(Rewrite.Field("meta", Meta) + End, Rewrite.Multipart(End));
        Assert.Equal(Rewrite.Field("a", "1") + Rewrite.Field("meta", Meta) + End, Rewrite.Multipart(Rewrite.Field("a", "1") + End));
    }

    [Fact]
    public void A_client_supplied_transaction_id_is_replaced()
    {
        Assert.Equal(Rewrite.Field("meta", Meta) + End, Rewrite.Multipart(Rewrite.Field("meta", "{\"transaction_id\":\"evil\"}") + End));
        const string Blob = "Content-Disposition: form-data; name=\"meta\"; filename=\"blob\"\r\nContent-Type: application/json";
        Assert.Equal(Rewrite.Part(Blob, Meta) + End, Rewrite.Multipart(Rewrite.Part(Blob, "{\"transaction_id\":\"evil\"}") + End));
    }

    [Fact]
    public void Metadata_behind_the_video_is_rewritten()
    {
        var video = Rewrite.Part("Content-Disposition: form-data; name=\"video\"; filename=\"blob\"\r\nContent-Type: video/webm", "\u0001\u0002{\"transaction_id\":\"media\"}");
        Assert.Equal(video + Rewrite.Field("meta", Meta) + End, Rewrite.Multipart(video + Rewrite.Field("meta", "{\"transaction_id\":\"evil\",\"iin\":1}") + Rewrite.Field("iin", "evil") + End));
    }

    [Theory]
    [InlineData("n\u00e4me \u4f60", "video \u20ac.webm")]
    [InlineData("a%22b", "%22.webm")]
    [InlineData("a;b=c", "a\u00a0b")]
    public void Names_beyond_ascii_and_odd_ones_in_quotes_pass(string name, string file)
    {
        var body = Rewrite.Part($"Content-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: image/png", "\u0001") + End;
        Assert.Equal(body, Rewrite.Multipart(body, Rewrite.StripOnly));
    }

    [Fact]
    public void A_part_that_names_another_charset_for_all_is_refused()
    {
        Assert.Equal(PayloadFault.UnsupportedCharset, Rewrite.Fault(PayloadKind.Multipart, Rewrite.Field("_charset_", "utf-16") + End));
        Assert.Equal(PayloadFault.UnsupportedCharset, Rewrite.Fault(PayloadKind.Multipart, Rewrite.Field("_charset_", new string('x', 20_000)) + End));
        Assert.Equal(Rewrite.Field("_charset_", "utf-8") + End, Rewrite.Multipart(Rewrite.Field("_charset_", "utf-8") + End, Rewrite.StripOnly));
    }

    [Theory]
    [InlineData("transaction_id")]
    [InlineData("TRANSACTION-ID")]
    [InlineData("meta[transaction_id]")]
    [InlineData("meta.transaction_id")]
    [InlineData("transaction_id[]")]
    [InlineData("transaction%5Fid")]
    [InlineData("transaction.id")]
    [InlineData(" transaction_id")]
    [InlineData("meta[iin]")]
    public void A_part_named_like_a_key_is_dropped(string name) =>
        Assert.Equal(Rewrite.Field("meta", Meta) + End, Rewrite.Multipart(Rewrite.Field(name, "evil") + End));

    [Theory]
    [InlineData("{\"a\":{\"transaction_id\":\"evil\"}}", "{\"a\":{}}")]
    [InlineData(" [{\"iin\":\"evil\"}]", "[{}]")]
    [InlineData("{ \"k\" : 1 }", "{ \"k\" : 1 }")]
    [InlineData("[object Object]", "[object Object]")]
    [InlineData("plain \u00e9", "plain \u00e9")]
    [InlineData("  \t", "  \t")]
    [InlineData("", "")]
    public void A_text_part_is_searched_for_keys(string content, string expected) =>
        Assert.Equal(Rewrite.Field("x", expected) + Rewrite.Field("meta", Meta) + End, Rewrite.Multipart(Rewrite.Field("x", content) + End));

    [Fact]
    public void A_json_part_is_searched_whatever_its_file_name()
    {
        const string Headers = "Content-Disposition: form-data; name=\"x\"; filename=\"blob\"\r\nContent-Type: application/json";
        Assert.Equal(Rewrite.Part(Headers, "{}") + End, Rewrite.Multipart(Rewrite.Part(Headers, "{\"iin\":\"evil\"}") + End, Rewrite.StripOnly));
    }

    [Fact]
    public void Part_headers_are_written_anew()
    {
        var body = Rewrite.Part("content-TYPE:image/png\r\nX-Other: 1\r\nCONTENT-disposition:  Form-Data; filename=a.png; name=x\r\nContent-Transfer-Encoding: Binary", "\r\n--x\0\u00ff");
        var expected = Rewrite.Part("Content-Disposition: form-data; name=\"x\"; filename=\"a.png\"\r\nContent-Type: image/png", "\r\n--x\0\u00ff");
        Assert.Equal(expected + End, Rewrite.Multipart("preamble\r\n" + body + End + "epilogue", Rewrite.StripOnly));
    }

    [Theory]
    [InlineData("video/webm;codecs=vp8,opus")]
    [InlineData("video/mp4; codecs=\"avc1.42E01E, mp4a.40.2\"")]
    public void The_types_that_browsers_give_recordings_pass(string type)
    {
        var body = Rewrite.Part("Content-Disposition: form-data; name=\"video\"; filename=\"blob\"\r\nContent-Type: " + type, "\u0001\u0002") + End;
        Assert.Equal(body, Rewrite.Multipart(body, Rewrite.StripOnly));
    }

    [Theory]
    [InlineData("Content-Type: text/plain", PayloadFault.MalformedMultipart)]
    [InlineData("Content-Disposition: form-data", PayloadFault.MalformedMultipart)]
    [InlineData("Content-Disposition: form-data; name=\"\"", PayloadFault.MalformedMultipart)]
    [InlineData("Content-Disposition: form-data; name=\"a\"; name=\"b\"", PayloadFault.MalformedMultipart)]
    [InlineData("Content-Disposition: form-data; name=\"a\"; filename=\"b\"; filename=\"c\"", PayloadFault.MalformedMultipart)]
    [InlineData("Content-Disposition: form-data; name=\"a\"; filename*=UTF-8''b", PayloadFault.MalformedMultipart)]
    [InlineData("Content-Disposition: form-data; name=\"a\\\"b\"", PayloadFault.MalformedMultipart)]
    [InlineData("Content-Disposition: form-data; name=\"a\" x", PayloadFault.MalformedMultipart)]
    [InlineData("Content-Disposition: form-data; name=\"a", PayloadFault.MalformedMultipart)]
    [InlineData("Content-Disposition: attachment; name=\"a\"", PayloadFault.MalformedMultipart)]
    [InlineData(Named + "\r\nContent-Disposition: form-data; name=\"y\"", PayloadFault.MalformedMultipart)]
    [InlineData(Named + "\r\nContent-Type: text/plain\r\ncontent-type: text/json", PayloadFault.MalformedMultipart)]
    [InlineData(Named + ";\r\n filename=\"y\"", PayloadFault.MalformedMultipart)]
    [InlineData(Named + "\nX: y", PayloadFault.MalformedMultipart)]
    [InlineData(Named + "\rX: y", PayloadFault.MalformedMultipart)]
    [InlineData(Named + "\r\nX : y", PayloadFault.MalformedMultipart)]
    [InlineData(Named + "\r\nnocolon", PayloadFault.MalformedMultipart)]
    [InlineData(Named + "\r\n: y", PayloadFault.MalformedMultipart)]
    [InlineData(Named + "\r\nContent-Type: multipart/mixed; boundary=a", PayloadFault.MalformedMultipart)]
    [InlineData(Named + "\r\nContent-Type: text", PayloadFault.MalformedMultipart)]
    [InlineData(Named + "\r\nContent-Type: text/plain; charset=utf-16", PayloadFault.UnsupportedCharset)]
    [InlineData(Named + "\r\nContent-Type: application/json; charset=utf-7", PayloadFault.UnsupportedCharset)]
    [InlineData(Named + "\r\nContent-Transfer-Encoding: base64", PayloadFault.UnsupportedEncoding)]
    [InlineData(Named + "\r\nContent-Transfer-Encoding: quoted-printable", PayloadFault.UnsupportedEncoding)]
    public void A_header_block_that_two_readers_take_differently_is_refused(string headers, PayloadFault fault) =>
        Assert.Equal(fault, Rewrite.Fault(PayloadKind.Multipart, Rewrite.Part(headers, "v") + End));

    [Fact]
    public void A_name_that_is_not_utf8_is_refused() =>
        Assert.Equal(PayloadFault.MalformedMultipart, Rewrite.Fault(PayloadKind.Multipart, Encoding.Latin1.GetBytes(Rewrite.Field("n\u00e4me", "v") + End)));

    [Fact]
    public void A_text_part_that_is_not_utf8_is_refused()
    {
        Assert.Equal(PayloadFault.InvalidUtf8, Rewrite.Fault(PayloadKind.Multipart, Encoding.Latin1.GetBytes(Rewrite.Field("x", "\u00ff") + End)));
        Assert.Equal(PayloadFault.InvalidUtf8, Rewrite.Fault(PayloadKind.Multipart, Encoding.Latin1.GetBytes(Rewrite.Field("x", "abc\u00c3") + End)));
    }

    [Fact]
    public void Utf16_json_in_a_text_part_is_refused()
    {
        var content = Encoding.Latin1.GetString(Encoding.BigEndianUnicode.GetBytes("{\"transaction_id\":\"evil\"}"));
        Assert.Equal(PayloadFault.MalformedJson, Rewrite.Fault(PayloadKind.Multipart, Encoding.Latin1.GetBytes(Rewrite.Field("x", content) + End)));
    }

    [Theory]
    [InlineData("meta", "{}", "meta", "{}", PayloadFault.AmbiguousTarget)]
    [InlineData("meta", "{}", "META", "{}", PayloadFault.AmbiguousTarget)]
    [InlineData("meta", "{}", "meta[x]", "1", PayloadFault.AmbiguousTarget)]
    [InlineData("x", "1", "meta", "1", PayloadFault.TargetNotAnObject)]
    [InlineData("x", "1", "meta", "", PayloadFault.TargetNotAnObject)]
    [InlineData("x", "1", "meta", "[]", PayloadFault.TargetNotAnObject)]
    [InlineData("x", "1", "meta", "{} {}", PayloadFault.SurplusBytes)]
    [InlineData("x", "1", "meta", "{\"a\":}", PayloadFault.MalformedJson)]
    [InlineData("x", "{transaction_id:1}", "meta", "{}", PayloadFault.MalformedJson)]
    public void A_target_that_is_not_one_object_is_refused(string first, string content, string second, string other, PayloadFault fault) =>
        Assert.Equal(fault, Rewrite.Fault(PayloadKind.Multipart, Rewrite.Field(first, content) + Rewrite.Field(second, other) + End));

    [Theory]
    [InlineData("")]
    [InlineData("no boundary at all")]
    [InlineData("--" + Rewrite.Boundary)]
    [InlineData("--" + Rewrite.Boundary + "\r\n")]
    [InlineData("--" + Rewrite.Boundary + "\r\n" + Named + "\r\n\r\nvalue")]
    [InlineData("--" + Rewrite.Boundary + "\r\n" + Named + "\r\n\r\nvalue\r\n--" + Rewrite.Boundary)]
    [InlineData("--" + Rewrite.Boundary + "\r\n" + Named + "\r\n\r\nvalue\r\n--" + Rewrite.Boundary + "-")]
    [InlineData("--" + Rewrite.Boundary + "--\r")]
    public void A_body_without_its_last_boundary_is_truncated(string body) => Assert.Equal(PayloadFault.Truncated, Rewrite.Fault(PayloadKind.Multipart, body));

    [Theory]
    [InlineData("\n--" + Rewrite.Boundary + "\r\n")]
    [InlineData("\n--" + Rewrite.Boundary)]
    [InlineData("a\n--" + Rewrite.Boundary + "--")]
    [InlineData("a\r\n--" + Rewrite.Boundary + "X")]
    [InlineData("a\r\n--" + Rewrite.Boundary + " \r\n")]
    [InlineData("a\r\n--" + Rewrite.Boundary + "\n")]
    [InlineData("--" + Rewrite.Boundary + "\r\n")]
    public void A_delimiter_that_only_some_readers_see_is_refused(string content) =>
        Assert.Equal(PayloadFault.MalformedMultipart, Rewrite.Fault(PayloadKind.Multipart, Rewrite.Part(Named + "; filename=\"f\"", content) + End));

    [Fact]
    public void Every_truncation_is_refused_but_the_last_line_end()
    {
        var body = Encoding.UTF8.GetBytes(Rewrite.Field("meta", "{\"a\":1}") + Rewrite.Part(Named + "; filename=\"f\"", "\u00e9") + End);
        for (var length = 0; length < body.Length; length++)
        {
            if (length != body.Length - 2)
            {
                Rewrite.Fault(PayloadKind.Multipart, body[..length]);
            }
        }
    }

    [Fact]
    public void Parts_header_blocks_and_held_parts_are_bounded()
    {
        var many = string.Concat(Enumerable.Repeat(Rewrite.Field("a", "1"), 1000));
        Assert.Contains(Rewrite.ServerId, Rewrite.Multipart(many + End), StringComparison.Ordinal);
        Assert.Equal(PayloadFault.TooManyParts, Rewrite.Fault(PayloadKind.Multipart, many + many + End));
        Assert.Equal(PayloadFault.TooLarge, Rewrite.Fault(PayloadKind.Multipart, Rewrite.Part(Named + "\r\nX: " + new string('x', 16 * 1024), "v") + End));
        Assert.Equal(PayloadFault.TooLarge, Rewrite.Fault(PayloadKind.Multipart, Rewrite.Field("meta", "{" + new string(' ', 1024 * 1024)) + End));
        Assert.Equal(PayloadFault.TooLarge, Rewrite.Fault(PayloadKind.Multipart, new string('p', 17 * 1024)));
        var long2 = new string('v', 2 * 1024 * 1024);
        Assert.Contains(long2, Rewrite.Multipart(Rewrite.Field("x", long2) + End), StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_per_key_is_written_once()
    {
        var rules = Rewrite.OnlyId with { Targets = [InjectionTarget.PartPerKey("meta[{key}]")] };
        var ours = Rewrite.Field("meta[transaction_id]", Rewrite.ServerId);
        Assert.Equal(ours + End, Rewrite.Multipart(Rewrite.Field("meta[transaction_id]", "evil") + End, rules));
        Assert.Equal(ours + Rewrite.Field("meta[a]", "1") + Rewrite.Field("meta[b]", "2") + End, Rewrite.Multipart(Rewrite.Field("meta[a]", "1") + Rewrite.Field("meta[b]", "2") + End, rules));
    }

    [Fact]
    public void A_foreign_part_can_be_refused() =>
        Assert.Equal(PayloadFault.ForeignValue, Rewrite.Fault(PayloadKind.Multipart, Rewrite.Field("transaction_id", "evil") + End, Rewrite.OnlyId with { RefuseForeign = true }));

    [Fact]
    public void An_opaque_body_is_not_touched() => Assert.Equal("{\"transaction_id\":1", Rewrite.Text(PayloadKind.Opaque, "{\"transaction_id\":1"));

    [Theory]
    [InlineData("xy\r\n", "", "")]
    [InlineData("\r\n", "X-Note: ab\n", "")]
    [InlineData("\r\n", "", "xy")]
    [InlineData("\r\n", "", "\n\n")]
    public void What_stands_where_a_line_must_end_is_refused(string behindBoundary, string header, string behindEnd)
    {
        var body = $"--{Rewrite.Boundary}{behindBoundary}{header}Content-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--{Rewrite.Boundary}--{behindEnd}";
        Assert.Equal(PayloadFault.MalformedMultipart, Rewrite.Fault(PayloadKind.Multipart, body));
    }

    [Theory]
    [InlineData("7bit")]
    [InlineData("8BIT")]
    [InlineData("binary")]
    public void A_transfer_encoding_that_changes_nothing_is_let_go(string encoding) =>
        Assert.DoesNotContain("Transfer", Rewrite.Multipart(Rewrite.Part($"Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: {encoding}", "x") + Rewrite.End), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_gives_a_value_to_a_key_is_refused_and_never_changed() =>
        Assert.Equal(PayloadFault.HiddenKey, Rewrite.Fault(
            PayloadKind.Multipart, Rewrite.Part("Content-Disposition: form-data; name=\"a\"; filename=\"a.txt\"\r\nContent-Type: text/plain", "transaction_id=x") + Rewrite.End));
}
