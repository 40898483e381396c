using System.Text;

using OzGateway.Payloads;

namespace OzGateway.Tests.Payloads;

public sealed class FormInjectorTests
{
    private const string Ours = "%7B%22transaction_id%22%3A%22oz1_SERVERMADE%22%7D";

    [Theory]
    [InlineData("", "meta=" + Ours)]
    [InlineData("a=1&b=", "a=1&b=&meta=" + Ours)]
    [InlineData("a", "a=&meta=" + Ours)]
    [InlineData("meta=%7B%7D&b=2", "meta=" + Ours + "&b=2")]
    [InlineData("meta={\"transaction_id\":\"evil\"}", "meta=" + Ours)]
    [InlineData("&&a=1&&", "a=1&meta=" + Ours)]
    [InlineData("_charset_=UTF-8&utf8=%E2%9C%93", "_charset_=UTF-8&utf8=%E2%9C%93&meta=" + Ours)]
    [InlineData("video=AAAA&meta=%7B%22iin%22%3A1%7D", "video=AAAA&meta=" + Ours)]
    [InlineData("a=x;y=1+2%20%c3%bc", "a=x%3By%3D1+2+%C3%BC&meta=" + Ours)]
    public void A_form_is_written_anew_with_our_value_once(string body, string expected) => Assert.Equal(expected, Rewrite.Form(body));

    [Theory]
    [InlineData("transaction_id=evil")]
    [InlineData("Transaction-ID=evil")]
    [InlineData("transaction%5fid=evil")]
    [InlineData("%74ransaction_id=evil&transaction_id=evil")]
    [InlineData("transaction%255fid=evil")]
    [InlineData("transaction.id=evil&transaction+id=evil&+transaction_id=evil&transaction[id=evil")]
    [InlineData("transaction_id[]=evil&transaction_id[x]=evil&meta[transaction_id][]=evil")]
    [InlineData("meta[transaction_id]=evil&meta%5Biin%5D=evil&meta.iin=evil")]
    [InlineData("payload={\"a\":{\"transaction_id\":\"evil\"}}")]
    [InlineData("payload=%20%5B%22%7B%5C%22iin%5C%22%3A%5C%22evil%5C%22%7D%22%5D")]
    public void No_spelling_of_the_clients_id_survives(string body)
    {
        var output = Rewrite.Form(body);
        Assert.DoesNotContain("evil", Uri.UnescapeDataString(output), StringComparison.Ordinal);
        Assert.Equal(2, output.Split(Rewrite.ServerId).Length);
    }

    [Theory]
    [InlineData("a=%", PayloadFault.MalformedForm)]
    [InlineData("a=%4", PayloadFault.MalformedForm)]
    [InlineData("a=%zz", PayloadFault.MalformedForm)]
    [InlineData("a=b c", PayloadFault.MalformedForm)]
    [InlineData("a=b\r\n", PayloadFault.MalformedForm)]
    [InlineData("=b", PayloadFault.MalformedForm)]
    [InlineData("transaction_id%00x=b", PayloadFault.MalformedForm)]
    [InlineData("a=%ff", PayloadFault.InvalidUtf8)]
    [InlineData("%ed%a0%80=1", PayloadFault.InvalidUtf8)]
    [InlineData("meta={}&meta={}", PayloadFault.AmbiguousTarget)]
    [InlineData("meta={}&Meta={}", PayloadFault.AmbiguousTarget)]
    [InlineData("meta={}&meta[x]=1", PayloadFault.AmbiguousTarget)]
    [InlineData("meta[]={}", PayloadFault.AmbiguousTarget)]
    [InlineData("meta=x", PayloadFault.TargetNotAnObject)]
    [InlineData("meta=", PayloadFault.TargetNotAnObject)]
    [InlineData("meta=[]", PayloadFault.TargetNotAnObject)]
    [InlineData("x={transaction_id:1}", PayloadFault.MalformedJson)]
    [InlineData("_charset_=utf-7&+AHQ-ransaction_id=evil", PayloadFault.UnsupportedCharset)]
    [InlineData("_Charset_=windows-1251", PayloadFault.UnsupportedCharset)]
    [InlineData("_charset_=", PayloadFault.UnsupportedCharset)]
    public void What_cannot_be_read_in_one_way_is_refused(string body, PayloadFault fault) => Assert.Equal(fault, Rewrite.Fault(PayloadKind.Form, body));

    [Theory]
    [InlineData("a=1", "a=1&meta%5Btransaction_id%5D=oz1_SERVERMADE")]
    [InlineData("meta[foo]=1", "meta%5Btransaction_id%5D=oz1_SERVERMADE&meta%5Bfoo%5D=1")]
    [InlineData("meta[transaction_id]=evil&b=2", "b=2&meta%5Btransaction_id%5D=oz1_SERVERMADE")]
    [InlineData("meta[a]=1&meta[b]=2", "meta%5Btransaction_id%5D=oz1_SERVERMADE&meta%5Ba%5D=1&meta%5Bb%5D=2")]
    public void A_field_per_key_is_written_once(string body, string expected) =>
        Assert.Equal(expected, Rewrite.Form(body, Rewrite.OnlyId with { Targets = [InjectionTarget.FieldPerKey("meta[{key}]")] }));

    [Fact]
    public void A_key_that_the_client_wrote_per_field_shows_where_ours_belongs()
    {
        var rules = Rewrite.OnlyId with { Targets = [InjectionTarget.Field("meta"), InjectionTarget.FieldPerKey("meta[{key}]")] };
        Assert.Equal("meta%5Btransaction_id%5D=oz1_SERVERMADE", Rewrite.Form("meta[transaction_id]=evil", rules));
        Assert.Equal("meta=" + Ours, Rewrite.Form("meta[transaction_id]=evil&meta={}", rules));
        Assert.Equal(PayloadFault.AmbiguousTarget, Rewrite.Fault(PayloadKind.Form, "meta[x]=1&meta={}", rules));
    }

    [Fact]
    public void Metadata_may_sit_deeper_in_a_field()
    {
        var rules = Rewrite.OnlyId with { Targets = [InjectionTarget.Field("payload", Rewrite.Path("$['folder:meta_data']"))] };
        Assert.Equal("""payload={"folder:meta_data":{"transaction_id":"oz1_SERVERMADE"}}""", Uri.UnescapeDataString(Rewrite.Form("payload={}", rules)));
        Assert.Equal("""payload={"folder:meta_data":{"transaction_id":"oz1_SERVERMADE"}}""", Uri.UnescapeDataString(Rewrite.Form("", rules)));
    }

    [Fact]
    public void Fields_and_their_length_are_bounded()
    {
        Assert.Equal(PayloadFault.TooManyParts, Rewrite.Fault(PayloadKind.Form, string.Join('&', Enumerable.Repeat("a=1", 1001))));
        Assert.Equal(PayloadFault.TooLarge, Rewrite.Fault(PayloadKind.Form, new string('x', 64 * 1024 + 1)));
        Assert.Equal(PayloadFault.TooLarge, Rewrite.Fault(PayloadKind.Form, "meta={" + new string('+', 1024 * 1024) + "}"));
        var video = "video=" + new string('x', 3 * 1024 * 1024);
        Assert.StartsWith(video + "&meta=", Rewrite.Form(video), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_are_compared_after_decoding()
    {
        var rules = Rewrite.OnlyId with { RefuseForeign = true };
        Assert.Equal("meta=" + Ours, Rewrite.Form("transaction_id=oz1%5FSERVERMADE", rules));
        Assert.Equal(PayloadFault.ForeignValue, Rewrite.Fault(PayloadKind.Form, "transaction_id=evil", rules));
    }

    [Fact]
    public void A_json_array_or_text_in_another_field_keeps_its_value()
    {
        const string Body = "b=[1, 2]&c=[object+Object]&d={\"k\" : 1}";
        var output = Encoding.UTF8.GetString(Rewrite.Bytes(PayloadKind.Form, Encoding.UTF8.GetBytes(Body.Replace(" ", "+", StringComparison.Ordinal)), Rewrite.StripOnly, []));
        Assert.Equal("b=[1, 2]&c=[object Object]&d={\"k\" : 1}", Uri.UnescapeDataString(output.Replace('+', ' ')));
    }
}
