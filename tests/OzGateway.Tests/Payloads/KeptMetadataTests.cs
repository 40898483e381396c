using System.Text.RegularExpressions;

using OzGateway.Payloads;

namespace OzGateway.Tests.Payloads;

/// <summary>Where the keys of metadata are listed, only these pass, within their limits, in every kind of body.</summary>
public sealed class KeptMetadataTests
{
    private const string Ours = "\"transaction_id\":\"oz1_SERVERMADE\"";

    internal static InjectionRules Rules { get; } = Rewrite.OnlyId with
    {
        Targets =
        [
            InjectionTarget.Json(Rewrite.Path("$.meta")), InjectionTarget.Json(Rewrite.Path("$.payload['folder:meta_data']")),
            InjectionTarget.Part("meta"), InjectionTarget.PartPerKey("meta[{key}]"), InjectionTarget.Field("meta"), InjectionTarget.FieldPerKey("meta[{key}]"),
        ],
        Keep = [new KeptKey("branch", 12, null), new KeptKey("order", 8, new Regex("^[0-9]+$", RegexOptions.NonBacktracking))],
    };

    private static InjectionRules NothingSet { get; } = Rules with { Set = [], Strip = ["transaction_id", "iin"] };

    [Theory]
    [InlineData("""{"meta":{"branch":"Astana-7","other":"x"}}""", """{"meta":{"branch":"Astana-7",OURS}}""")]
    [InlineData("""{"meta":{"other":{"deep":["x"]},"branch":"a"},"other":"stays"}""", """{"meta":{"branch":"a",OURS},"other":"stays"}""")]
    [InlineData("""{"meta":{"Branch":"x","BRANCH":"x","branch ":"x","br\u0061nch":"Астана"}}""", """{"meta":{"br\u0061nch":"Астана",OURS}}""")]
    [InlineData("""{"meta":{"__proto__":{"branch":"x"},"constructor":1,"order":7}}""", """{"meta":{"order":7,OURS}}""")]
    [InlineData("""{"meta":{"order":"0012","branch":null}}""", """{"meta":{"order":"0012","branch":null,OURS}}""")]
    [InlineData("""{"meta":"{\"branch\":\"a\",\"other\":\"x\"}"}""", """{"meta":"{\"branch\":\"a\",\"transaction_id\":\"oz1_SERVERMADE\"}"}""")]
    [InlineData("""{"payload":{"folder:meta_data":{"other":"x"},"other":1},"meta":{"other":"x"}}""", """{"payload":{"folder:meta_data":{OURS},"other":1},"meta":{}}""")]
    [InlineData("""{"meta":{"transaction_id":"x","iin":"x"}}""", """{"meta":{OURS}}""")]
    [InlineData("""{"a":{"meta":{"other":"x"}}}""", """{"a":{"meta":{"other":"x"}},"meta":{OURS}}""")]
    [InlineData("""{"meta":{"branch":"?iin=1&a=2"}}""", """{"meta":{"branch":"?a=2",OURS}}""")]
    [InlineData("""{"meta":{"branch":"[\"a\"]"}}""", """{"meta":{"branch":"[\"a\"]",OURS}}""")]
    public void Json_metadata_keeps_the_listed_keys_alone(string body, string expected) =>
        Assert.Equal(expected.Replace("OURS", Ours, StringComparison.Ordinal), Rewrite.Json(body, Rules));

    [Theory]
    [InlineData("meta={\"branch\":\"a\",\"other\":\"x\"}&other=1", "meta={\"branch\":\"a\",OURS}&other=1")]
    [InlineData("meta[branch]=a&meta[other]=x&meta[Branch]=x&b=1", "meta[transaction_id]=oz1_SERVERMADE&meta[branch]=a&b=1")]
    [InlineData("meta[other]=x", "meta[transaction_id]=oz1_SERVERMADE")]
    [InlineData("meta[branch][]=x&meta[branch][x]=x&meta[order]=12", "meta[transaction_id]=oz1_SERVERMADE&meta[order]=12")]
    [InlineData("meta%5Bb%72anch%5D=a+b", "meta[transaction_id]=oz1_SERVERMADE&meta[branch]=a+b")]
    public void A_form_keeps_the_listed_keys_alone(string body, string expected) =>
        Assert.Equal(expected.Replace("OURS", Ours, StringComparison.Ordinal), Uri.UnescapeDataString(Rewrite.Form(body, Rules)));

    [Fact]
    public void A_multipart_body_keeps_the_listed_keys_alone()
    {
        var (ours, end) = (Rewrite.Field("meta[transaction_id]", Rewrite.ServerId), Rewrite.End);
        Assert.Equal(Rewrite.Field("meta", $$"""{"order":"1",{{Ours}}}""") + end, Rewrite.Multipart(Rewrite.Field("meta", """{"other":"x","order":"1"}""") + end, Rules));
        Assert.Equal(
            Rewrite.Field("a", "1") + ours + Rewrite.Field("meta[branch]", "b") + end,
            Rewrite.Multipart(Rewrite.Field("a", "1") + Rewrite.Field("meta[other]", "x") + Rewrite.Field("meta[branch]", "b") + Rewrite.Field("meta[iin]", "x") + end, Rules));
        Assert.Equal(ours + end, Rewrite.Multipart(Rewrite.Part("Content-Disposition: form-data; name=\"meta[other]\"; filename=\"x\"", "\u0001") + end, Rules));
    }

    [Theory]
    [InlineData("""{"meta":{"branch":"thirteen long"}}""")]
    [InlineData("""{"meta":{"branch":"a\u0007"}}""")]
    [InlineData("""{"meta":{"branch":"a\nb"}}""")]
    [InlineData("""{"meta":{"branch":"a\u202eb"}}""")]
    [InlineData("""{"meta":{"branch":"a\u2028b"}}""")]
    [InlineData("""{"meta":{"branch":{}}}""")]
    [InlineData("""{"meta":{"branch":["a"]}}""")]
    [InlineData("""{"meta":{"order":""}}""")]
    [InlineData("""{"meta":{"order":"12a"}}""")]
    [InlineData("""{"meta":{"order":-1}}""")]
    [InlineData("""{"meta":{"order":true}}""")]
    [InlineData("""{"meta":{"order":123456789}}""")]
    [InlineData("""{"meta":"{\"order\":\"x\"}"}""")]
    public void A_value_outside_its_limits_is_refused(string body) => Assert.Equal(PayloadFault.MetadataInvalid, Rewrite.Fault(PayloadKind.Json, body, Rules));

    [Theory]
    [InlineData("a", true)]
    [InlineData("ab", true)] // the first match is shorter
    [InlineData("xab", false)]
    [InlineData("ax", false)]
    public void A_pattern_is_that_of_the_whole_value(string value, bool isAllowed)
    {
        var rules = Rules with { Keep = [new KeptKey("branch", 12, new Regex("^a|^ab$", RegexOptions.NonBacktracking))] };
        var body = $$$"""{"meta":{"branch":"{{{value}}}"}}""";
        if (isAllowed)
        {
            Assert.Contains($"\"branch\":\"{value}\"", Rewrite.Json(body, rules), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(PayloadFault.MetadataInvalid, Rewrite.Fault(PayloadKind.Json, body, rules));
        }
    }

    [Theory]
    [InlineData("meta[order]=1x", PayloadFault.MetadataInvalid)]
    [InlineData("meta[branch]=%FF", PayloadFault.MetadataInvalid)]
    [InlineData("meta={\"branch\":\"a%07\"}", PayloadFault.MalformedJson)] // no such byte in JSON
    [InlineData("meta[branch]=a%0Ab", PayloadFault.MetadataInvalid)]
    public void A_value_outside_its_limits_is_refused_in_forms(string body, PayloadFault fault) => Assert.Equal(fault, Rewrite.Fault(PayloadKind.Form, body, Rules));

    [Theory]
    [InlineData("Content-Disposition: form-data; name=\"meta[branch]\"; filename=\"f\"", "a")]
    [InlineData("Content-Disposition: form-data; name=\"meta[branch]\"\r\nContent-Type: application/json", "\"a\"")]
    [InlineData("Content-Disposition: form-data; name=\"meta[branch]\"\r\nContent-Type: image/png", "a")]
    [InlineData("Content-Disposition: form-data; name=\"meta[branch]\"", "thirteen long")]
    public void A_part_of_metadata_that_is_no_short_text_is_refused(string headers, string content) =>
        Assert.Equal(PayloadFault.MetadataInvalid, Rewrite.Fault(PayloadKind.Multipart, Rewrite.Part(headers, content) + Rewrite.End, Rules));

    [Theory]
    [InlineData(PayloadKind.Json, """{"meta":{"branch":"a","branch":"b"}}""")]
    [InlineData(PayloadKind.Json, """{"meta":{"branch":"a","br\u0061nch":"b"}}""")]
    [InlineData(PayloadKind.Form, "meta[branch]=a&meta[branch]=b")]
    [InlineData(PayloadKind.Form, "meta[branch]=a&meta%5Bbranch%5D=b")]
    public void A_kept_key_that_stands_twice_is_refused(PayloadKind kind, string body) => Assert.Equal(PayloadFault.DuplicateMember, Rewrite.Fault(kind, body, Rules));

    [Theory]
    [InlineData("""{"meta":{},"Meta":{"other":"x"}}""")]
    [InlineData("""{"meta[other]":"x"}""")]
    [InlineData("""{"meta.":{"other":"x"}}""")]
    [InlineData("""{"meta.other":"x"}""")]
    [InlineData("""{"%6deta":{"other":"x"}}""")]
    [InlineData("""{"met\u200ba":{"other":"x"}}""")]
    [InlineData("""{"\uff4deta":{"other":"x"}}""")]
    [InlineData("""{"PAYLOAD":{"folder:meta_data":{"other":"x"}}}""")]
    [InlineData("""{"payload":{"Folder:Meta-Data":{"other":"x"}}}""")]
    public void A_second_spelling_of_a_place_for_metadata_is_refused(string body) => Assert.Equal(PayloadFault.AmbiguousTarget, Rewrite.Fault(PayloadKind.Json, body, Rules));

    [Theory]
    [InlineData("meta.other=x")]
    [InlineData("meta.branch[a]=x")]
    [InlineData("%256deta[other]=x")]
    [InlineData("%25256deta.other=x")]
    [InlineData("Me_ta[other]=x")]
    [InlineData("met%E2%80%8Ba[other]=x")]
    public void A_field_that_only_some_server_takes_for_metadata_is_refused(string body) => Assert.Equal(PayloadFault.AmbiguousTarget, Rewrite.Fault(PayloadKind.Form, body, Rules));

    [Theory]
    [InlineData("metadata=x&a%5Bmeta%5D=x&x.meta=x&metab.a=x")]
    public void A_field_beside_metadata_passes(string body) => Assert.StartsWith(body, Rewrite.Form(body, Rules), StringComparison.Ordinal);

    [Fact]
    public void A_key_that_leads_to_another_place_for_metadata_is_no_metadata()
    {
        var rules = Rules with { Targets = [InjectionTarget.Json(Rewrite.Path("$.meta")), InjectionTarget.Json(Rewrite.Path("$.meta.inner"))] };
        Assert.Equal("{\"meta\":{\"inner\":{\"branch\":\"b\"," + Ours + "}}}", Rewrite.Json("""{"meta":{"inner":{"branch":"b","other":1},"other":1}}""", rules));
    }

    [Theory]
    [InlineData(PayloadKind.Json, """{"meta":{"branch":"a","other":"x","iin":"x"},"n":1}""", """{"meta":{"branch":"a"},"n":1}""")]
    [InlineData(PayloadKind.Json, """{"n":1}""", """{"n":1}""")]
    [InlineData(PayloadKind.Json, "[1]", "[1]")]
    [InlineData(PayloadKind.Form, "meta[branch]=a&meta[other]=x&n=1", "meta%5Bbranch%5D=a&n=1")]
    [InlineData(PayloadKind.Form, "n=1", "n=1")]
    public void Where_nothing_is_set_the_list_holds_all_the_same(PayloadKind kind, string body, string expected) => Assert.Equal(expected, Rewrite.Text(kind, body, NothingSet));

    [Fact]
    public void An_empty_list_leaves_the_servers_keys_alone() =>
        Assert.Equal("{\"meta\":{" + Ours + "}}", Rewrite.Json("""{"meta":{"branch":"a","order":"1"}}""", Rules with { Keep = [] }));

    [Fact]
    public void What_is_dropped_is_counted()
    {
        var rewriter = PayloadRewriter.Create(PayloadKind.Json, Rules);
        rewriter.Write("""{"meta":{"a":{"b":1},"c":"x","branch":"y","iin":"1"}}"""u8, new System.Buffers.ArrayBufferWriter<byte>());
        Assert.Equal(3, rewriter.ReplacedValues);
    }

    [Fact]
    public void Length_is_counted_in_characters()
    {
        const string Twelve = "\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9";
        Assert.Contains(Twelve, Rewrite.Json($$$"""{"meta":{"branch":"{{{Twelve}}}"}}""", Rules), StringComparison.Ordinal);
        Assert.Equal(PayloadFault.MetadataInvalid, Rewrite.Fault(PayloadKind.Json, $$$"""{"meta":{"branch":"{{{Twelve}}}a"}}""", Rules));
    }

    [Fact]
    public void More_kept_keys_than_can_be_told_apart_are_no_rules() =>
        Assert.Throws<ArgumentException>(() => new InjectionPlan(Rules with { Keep = [.. Enumerable.Range(0, 65).Select(static i => new KeptKey($"k{i}", 1, null))] }));
}
