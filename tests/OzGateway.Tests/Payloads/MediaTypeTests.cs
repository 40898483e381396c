using OzGateway.Payloads;

namespace OzGateway.Tests.Payloads;

public sealed class MediaTypeTests
{
    [Theory]
    [InlineData("application/json", PayloadKind.Json)]
    [InlineData("Application/JSON; charset=UTF-8", PayloadKind.Json)]
    [InlineData("text/json;charset=\"us-ascii\"", PayloadKind.Json)]
    [InlineData("application/problem+json", PayloadKind.Json)]
    [InlineData("\t application/json \t;\t charset=utf-8 \t", PayloadKind.Json)]
    [InlineData("application/json ; charset=\"utf-8\" ; a=b", PayloadKind.Json)]
    [InlineData("multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxk", PayloadKind.Multipart)]
    [InlineData("multipart/form-data; boundary=\"a:b/c=d?e\"", PayloadKind.Multipart)]
    [InlineData("application/x-www-form-urlencoded", PayloadKind.Form)]
    [InlineData("application/octet-stream", PayloadKind.Opaque)]
    [InlineData("text/html", null)]
    [InlineData("multipart/mixed; boundary=a", null)]
    [InlineData("application/json; charset=utf-16", null)]
    [InlineData("multipart/form-data", null)]
    public void The_type_says_how_a_body_is_read(string header, PayloadKind? kind)
    {
        Assert.True(MediaType.TryParse(header, out var mediaType));
        Assert.Equal(kind, mediaType.Kind);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("json")]
    [InlineData("application/")]
    [InlineData("/json")]
    [InlineData("application/json x; charset=utf-8")]
    [InlineData("application/json; =utf-8")]
    [InlineData("application/json; charset=\"utf-8\" x")]
    [InlineData("application/json, text/json")]
    [InlineData("application/json; charset=utf-8; charset=utf-16")]
    [InlineData("application/json; charset=utf-8; CHARSET=utf-8")]
    [InlineData("application/json; charset")]
    [InlineData("application/json; charset=")]
    [InlineData("application/json; charset=\"utf-8")]
    [InlineData("application/json; charset=\"ut\\f-8\"")]
    [InlineData("application/json; charset =utf-8")]
    [InlineData("application/json; charset=utf-8,")]
    [InlineData("application/json;")]
    [InlineData("multipart/form-data; boundary=a b")]
    [InlineData("multipart/form-data; boundary=\"a \"")]
    [InlineData("multipart/form-data; boundary=\"\"")]
    [InlineData("multipart/form-data; boundary=\"a\"b")]
    [InlineData("multipart/form-data; boundary=a/b")]
    [InlineData("multipart/form-data; boundary=\"\u00fc\"")]
    [InlineData("multipart/form-data; boundary=a; boundary=b")]
    public void What_two_readers_could_take_differently_is_refused(string? header) => Assert.False(MediaType.TryParse(header, out _));

    [Theory]
    [InlineData(70, true)]
    [InlineData(71, false)]
    public void A_boundary_has_at_most_seventy_characters(int length, bool expected) =>
        Assert.Equal(expected, MediaType.TryParse("multipart/form-data; boundary=" + new string('a', length), out _));

    [Theory]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public void A_header_has_at_most_1024_characters(int length, bool expected)
    {
        const string Type = "application/json; a=";
        Assert.Equal(expected, MediaType.TryParse(Type + new string('a', length - Type.Length), out _));
    }

    [Fact]
    public void Another_charset_is_a_fault()
    {
        Assert.True(MediaType.TryParse("application/json; charset=utf-7", out var mediaType));
        Assert.Equal(PayloadFault.UnsupportedCharset, mediaType.Fault);
    }
}
