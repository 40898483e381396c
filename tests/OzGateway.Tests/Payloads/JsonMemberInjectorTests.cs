using System.Buffers;
using System.Text;

using OzGateway.Payloads;

namespace OzGateway.Tests.Payloads;

public sealed class JsonMemberInjectorTests
{
    private const string Ours = "\"transaction_id\":\"oz1_SERVERMADE\"";

    [Fact]
    public void A_client_supplied_transaction_id_is_replaced() =>
        Assert.Equal($$"""{"meta":{"a":1,{{Ours}}},"b":2}""", Rewrite.Json("""{ "meta": {"transaction_id": "evil", "a": 1}, "b": 2 }"""));

    [Theory]
    [InlineData("""{"meta":{"transaction_id":"evil"}}""")]
    [InlineData("""{"meta":{"transaction_id":"a","transaction_id":"evil"}}""")]
    [InlineData("""{"meta":{"\u0074ransaction_id":"evil"}}""")]
    [InlineData("""{"meta":{"Transaction-Id":"evil"}}""")]
    [InlineData("""{"meta":{"TRANSACTIONID":"evil"}}""")]
    [InlineData("""{"meta":{"transaction.id":"evil","transaction id":"evil"}}""")]
    [InlineData("""{"meta":{"transaction_id\u0000x":"evil"}}""")]
    [InlineData("""{"meta":{"transaction%5Fid":"evil"}}""")]
    [InlineData("""{"meta":{"tran\u017faction_id":"evil"}}""")]
    [InlineData("""{"meta":{"iin":"evil"}}""")]
    [InlineData("""{"meta":{"transaction_id":{"deep":["evil",{"x":"evil"}]}}}""")]
    [InlineData("""{"transaction_id":"evil","meta":{}}""")]
    [InlineData("""{"meta":{},"transaction_id":"evil"}""")]
    [InlineData("""{"meta":{},"x":[1,{"y":{"transaction_id":"evil"}}]}""")]
    [InlineData("""{"meta":{},"meta[transaction_id]":"evil","meta.iin":"evil"}""")]
    [InlineData("""{"meta":"{\"transaction_id\":\"evil\"}"}""")]
    [InlineData("""{"meta":{"x":"{\"transaction_id\":\"evil\"}"}}""")]
    [InlineData("""{"meta":{"x":"[\"{\\\"transaction_id\\\":\\\"evil\\\"}\"]"}}""")]
    [InlineData("""{"meta":{"x":"\u007b\"\\u0074ransaction_id\":\"evil\"}"}}""")]
    [InlineData("""{"meta":{"x":" \n {\"transaction_id\":\"evil\"}"}}""")]
    public void No_spelling_of_the_clients_id_survives(string body)
    {
        var output = Rewrite.Json(body);
        Assert.DoesNotContain("evil", output, StringComparison.Ordinal);
        Assert.Equal(2, output.Split(Rewrite.ServerId).Length);
    }

    [Theory]
    [InlineData("""{}""", """{"meta":{OURS}}""")]
    [InlineData("""{"a":[]}""", """{"a":[],"meta":{OURS}}""")]
    [InlineData("""{"meta":{}}""", """{"meta":{OURS}}""")]
    [InlineData("""{"meta":{},"Meta":{}}""", """{"meta":{OURS},"Meta":{}}""")]
    [InlineData("""{"m\u0065ta":{}}""", """{"m\u0065ta":{OURS}}""")]
    public void Metadata_is_set_where_it_sits_else_created(string body, string expected) =>
        Assert.Equal(expected.Replace("OURS", Ours, StringComparison.Ordinal), Rewrite.Json(body));

    [Theory]
    [InlineData("""{}""", """{"payload":{"folder:meta_data":{OURS}}}""")]
    [InlineData("""{"payload":{"x":1}}""", """{"payload":{"x":1,"folder:meta_data":{OURS}}}""")]
    [InlineData("""{"payload":{"folder:meta_data":{"x":1}}}""", """{"payload":{"folder:meta_data":{"x":1,OURS}}}""")]
    [InlineData("""{"meta":{}}""", """{"meta":{OURS}}""")]
    [InlineData("""{"meta":{},"payload":{}}""", """{"meta":{OURS},"payload":{}}""")]
    [InlineData("""{"payload":{"folder:meta_data":{}},"meta":{}}""", """{"payload":{"folder:meta_data":{OURS}},"meta":{}}""")]
    public void The_first_place_that_occurs_takes_the_values(string body, string expected)
    {
        var rules = Rewrite.OnlyId with { Targets = [InjectionTarget.Json(Rewrite.Path("$.payload['folder:meta_data']")), InjectionTarget.Json(Rewrite.Path("$.meta"))] };
        Assert.Equal(expected.Replace("OURS", Ours, StringComparison.Ordinal), Rewrite.Json(body, rules));
    }

    [Fact]
    public void A_place_inside_a_string_that_holds_json_is_found()
    {
        var rules = Rewrite.OnlyId with { Targets = [InjectionTarget.Json(Rewrite.Path("$.payload.meta"))] };
        Assert.Equal("""{"payload":"{\"meta\":{\"transaction_id\":\"oz1_SERVERMADE\"}}"}""", Rewrite.Json("""{"payload":"{}"}""", rules));
    }

    [Theory]
    [InlineData("""{"n":1.50e+10,"s":"\u0041\/","t":true,"z":null,"meta":{},"a":[0,-0.0,12345678901234567890]}""")]
    [InlineData("""{"a":1,"a":2,"meta":{},"b":"[object Object]","c":"{not json","d":"{\"k\" : 1}"}""")]
    [InlineData("{\"meta\":{},\"s\":\"\U0001F600 \u00e9 \\uD83D\\uDE00\"}")]
    public void Other_members_keep_their_bytes(string body) =>
        Assert.Equal(body.Replace("\"meta\":{}", "\"meta\":{" + Ours + "}", StringComparison.Ordinal), Rewrite.Json(body));

    [Theory]
    [InlineData("", PayloadFault.Truncated)]
    [InlineData("{", PayloadFault.Truncated)]
    [InlineData("{}x", PayloadFault.SurplusBytes)]
    [InlineData("{}{}", PayloadFault.SurplusBytes)]
    [InlineData("\uFEFF{}", PayloadFault.TargetNotAnObject)]
    [InlineData("[]", PayloadFault.TargetNotAnObject)]
    [InlineData("\"x\"", PayloadFault.TargetNotAnObject)]
    [InlineData("{'a':1}", PayloadFault.MalformedJson)]
    [InlineData("{\"a\":1,}", PayloadFault.MalformedJson)]
    [InlineData("{\"a\":[1,]}", PayloadFault.MalformedJson)]
    [InlineData("{\"a\":01}", PayloadFault.MalformedJson)]
    [InlineData("{\"a\":1.}", PayloadFault.MalformedJson)]
    [InlineData("{\"a\":+1}", PayloadFault.MalformedJson)]
    [InlineData("{\"a\":NaN}", PayloadFault.MalformedJson)]
    [InlineData("{\"a\":tru}", PayloadFault.MalformedJson)]
    [InlineData("{\"a\":\"\\x\"}", PayloadFault.MalformedJson)]
    [InlineData("{\"a\":\"\t\"}", PayloadFault.MalformedJson)]
    [InlineData("{\"a\":\"\\ud800\"}", PayloadFault.InvalidUtf8)]
    [InlineData("{\"a\":\"\\ud800x\"}", PayloadFault.InvalidUtf8)]
    [InlineData("{\"a\":\"\\udc00\"}", PayloadFault.InvalidUtf8)]
    [InlineData("{\"a\":1]", PayloadFault.MalformedJson)]
    [InlineData("{/**/}", PayloadFault.MalformedJson)]
    [InlineData("{\"a\" 1}", PayloadFault.MalformedJson)]
    [InlineData("{\"meta\":null}", PayloadFault.TargetNotAnObject)]
    [InlineData("{\"meta\":[]}", PayloadFault.TargetNotAnObject)]
    [InlineData("{\"meta\":\"x\"}", PayloadFault.TargetNotAnObject)]
    [InlineData("{\"meta\":\"\"}", PayloadFault.TargetNotAnObject)]
    [InlineData("{\"meta\":\"[]\"}", PayloadFault.TargetNotAnObject)]
    [InlineData("{\"meta\":{},\"meta\":{}}", PayloadFault.AmbiguousTarget)]
    [InlineData("{\"meta\":{},\"\\u006deta\":{}}", PayloadFault.AmbiguousTarget)]
    [InlineData("{\"meta\":{},\"x\":\"{transaction_id:evil}\"}", PayloadFault.MalformedJson)]
    [InlineData("{\"meta\":{},\"x\":\"{\\\"transaction_id\\\":\\\"evil\\\"} \\u0000\"}", PayloadFault.MalformedJson)]
    public void What_cannot_be_read_in_one_way_is_refused(string body, PayloadFault fault) => Assert.Equal(fault, Rewrite.Fault(PayloadKind.Json, body));

    [Fact]
    public void A_truncation_at_any_byte_is_refused()
    {
        var body = """{"meta":{"a":"\u00e9\n","transaction_id":"x"},"b":[1,{"c":"{\"d\":1}"}],"e":-1.5e3,"f":null}"""u8.ToArray();
        for (var length = 0; length < body.Length; length++)
        {
            Rewrite.Fault(PayloadKind.Json, body[..length]);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    [InlineData(new byte[] { 0x80 })]
    public void Bad_utf8_is_refused(byte[] bytes) =>
        Assert.Equal(PayloadFault.InvalidUtf8, Rewrite.Fault(PayloadKind.Json, [.. "{\"a\":\"x"u8, .. bytes, .. "\"}"u8]));

    [Fact]
    public void Utf16_is_refused() => Rewrite.Fault(PayloadKind.Json, Encoding.Unicode.GetBytes("{}"));

    [Fact]
    public void Nesting_is_bounded()
    {
        Assert.Equal(PayloadFault.TooDeep, Rewrite.Fault(PayloadKind.Json, "{\"a\":" + new string('[', 64) + new string(']', 64) + "}"));
        Assert.Contains(Ours, Rewrite.Json("{\"a\":" + new string('[', 63) + new string(']', 63) + "}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_in_strings_is_bounded_in_levels()
    {
        var text = "{}";
        for (var level = 0; level < 6; level++)
        {
            text = "{\"x\":" + System.Text.Json.JsonSerializer.Serialize(text) + "}";
        }

        Assert.Equal(PayloadFault.TooDeep, Rewrite.Fault(PayloadKind.Json, text));
    }

    [Fact]
    public void A_long_name_number_or_text_where_metadata_must_sit_is_refused()
    {
        var long64 = new string('x', 64 * 1024 + 1);
        Assert.Equal(PayloadFault.TooLarge, Rewrite.Fault(PayloadKind.Json, "{\"" + long64 + "\":1}"));
        Assert.Equal(PayloadFault.TooLarge, Rewrite.Fault(PayloadKind.Json, "{\"meta\":\"{" + new string(' ', 1024 * 1024) + "}\"}"));
        Assert.Equal(PayloadFault.TooLarge, Rewrite.Fault(PayloadKind.Json, "{\"a\":" + new string('1', 64 * 1024 + 1) + "}"));
    }

    [Fact]
    public void A_long_media_string_passes_in_constant_memory()
    {
        var rewriter = PayloadRewriter.Create(PayloadKind.Json, Rewrite.OnlyId);
        var output = new ArrayBufferWriter<byte>(256 * 1024);
        var slice = Encoding.ASCII.GetBytes(new string('A', 64 * 1024));
        rewriter.Write("{\"video\":\""u8, output);
        for (var i = 0; i < 160; i++)
        {
            output.ResetWrittenCount();
            rewriter.Write(slice, output);
            Assert.InRange(output.WrittenCount, slice.Length - (20 * 1024), slice.Length + (20 * 1024));
        }

        output.ResetWrittenCount();
        rewriter.Write("\"}"u8, output);
        rewriter.Complete(output);
        Assert.EndsWith("A\",\"meta\":{" + Ours + "}}", Encoding.UTF8.GetString(output.WrittenSpan), StringComparison.Ordinal);
    }

    [Fact]
    public void Replaced_and_foreign_values_are_counted()
    {
        var rewriter = PayloadRewriter.Create(PayloadKind.Json, Rewrite.Rules);
        var output = new ArrayBufferWriter<byte>();
        rewriter.Write("""{"meta":{"transaction_id":"oz1_SERVERMAD\u0045","end_user_id":"other","iin":"1"},"x":"{\"iin\":5,\"transaction_id\":5}"}"""u8, output);
        rewriter.Complete(output);
        Assert.Equal(5, rewriter.ReplacedValues);
        Assert.Equal(2, rewriter.ForeignValues);
    }

    [Theory]
    [InlineData("""{"meta":{"transaction_id":"evil"}}""")]
    [InlineData("""{"meta":{"transaction_id":1}}""")]
    [InlineData("""{"meta":{"transaction_id":{}}}""")]
    [InlineData("""{"meta":{},"x":"{\"transaction_id\":\"evil\"}"}""")]
    public void A_foreign_value_can_be_refused(string body) =>
        Assert.Equal(PayloadFault.ForeignValue, Rewrite.Fault(PayloadKind.Json, body, Rewrite.OnlyId with { RefuseForeign = true }));

    [Fact]
    public void Our_own_value_is_not_foreign() =>
        Assert.Contains(Ours, Rewrite.Json("""{"meta":{"transaction_id":"oz1_SERVERMADE","iin":"1"}}""", Rewrite.OnlyId with { RefuseForeign = true }), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"transaction_id":"evil","a":1}""", """{"a":1}""")]
    [InlineData("""[{"iin":"evil"},2]""", "[{},2]")]
    [InlineData("5", "5")]
    [InlineData("\"x\"", "\"x\"")]
    public void Without_values_to_set_keys_are_only_removed(string body, string expected) => Assert.Equal(expected, Rewrite.Json(body, Rewrite.StripOnly));

    [Fact]
    public void Texts_that_only_start_like_json_are_bounded_in_number() =>
        Assert.Equal(PayloadFault.MalformedJson, Rewrite.Fault(PayloadKind.Json, "{\"a\":[" + string.Join(',', Enumerable.Repeat("\"[x\"", 65)) + "]}"));

    [Fact]
    public void Rules_without_a_json_place_refuse_a_json_body() =>
        Assert.Equal(PayloadFault.NoTarget, Rewrite.Fault(PayloadKind.Json, "{}", Rewrite.OnlyId with { Targets = [InjectionTarget.Field("meta")] }));

    [Fact]
    public void A_fault_says_where_and_never_what()
    {
        var fault = Assert.Throws<PayloadException>(() => Rewrite.Json("{\"secret\":nope}"));
        Assert.Equal(PayloadFault.MalformedJson, fault.Fault);
        Assert.Equal(14, fault.Offset);
        Assert.Equal("MalformedJson at byte 14.", fault.Message);
    }
}
