using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

using OzGateway.Payloads;

namespace OzGateway.Tests.Payloads;

public sealed class JsonProjectorTests
{
    private const string Finished = """{"state":"finished"}""";
    private const string Processing = """{"state":"processing"}""";

    private static ProjectionRules Safe { get; } = new();

    private static ProjectionRules Wrapped { get; } =
        new() { Wrappers = [Rewrite.Path("$"), Rewrite.Path("$.result"), Rewrite.Path("$[*]"), Rewrite.Path("$.items[*].result")] };

    private static ProjectionRules Kept { get; } =
        new() { Keep = [new KeptMember(Rewrite.Path("$.session"), new Regex("[a-z]|[a-z0-9]{2,8}", RegexOptions.NonBacktracking))] };

    [Theory]
    [InlineData("""{"state":"processing"}""", Processing)]
    [InlineData("""{ "state" : "FINISHED" }""", Finished)]
    [InlineData("""{"state":"success"}""", Finished)]
    [InlineData("""{"state":"Declined"}""", Finished)]
    [InlineData("""{"state":"failed"}""", Finished)]
    [InlineData("""{"state":"operator_required"}""", Finished)]
    [InlineData("""{"st\u0061te":"fin\u0069shed"}""", Finished)]
    [InlineData("""{"a":{"state":"processing"},"a":1,"state":"finished","score":0.5,"analyses":{"quality":[]}}""", Finished)]
    [InlineData("""{"emoji":"\ud83d\ude00","state":"finished"}""", Finished)]
    [InlineData("""{"path":"\\ud800","state":"finished"}""", Finished)]
    public void Only_the_state_leaves(string document, string expected) => Assert.Equal(expected, Project(document, Safe));

    [Theory]
    [InlineData("success")]
    [InlineData("declined")]
    public void A_passed_and_a_declined_full_result_look_alike(string resolution)
    {
        const string Document = """{"state":"finished","folder_id":"f","analyses":{"quality":{"state":"finished","resolution":"RES","result_json":{"confidence_spoofing":0.97}}}}""";
        Assert.Equal(Finished, Project(Document.Replace("RES", resolution, StringComparison.Ordinal), Safe));
    }

    [Theory]
    [InlineData("{}", PayloadFault.MissingState)]
    [InlineData("[]", PayloadFault.MissingState)]
    [InlineData("\"finished\"", PayloadFault.MissingState)]
    [InlineData("\"{\"", PayloadFault.Truncated)]
    [InlineData("\"[x\"", PayloadFault.MalformedJson)]
    [InlineData("\"{}h\"", PayloadFault.SurplusBytes)]
    [InlineData("""{"State":"finished"}""", PayloadFault.MissingState)]
    [InlineData("""{"result":{"state":"finished"}}""", PayloadFault.MissingState)]
    [InlineData("""{"state":"done"}""", PayloadFault.InvalidState)]
    [InlineData("""{"state":""}""", PayloadFault.InvalidState)]
    [InlineData("""{"state":" finished"}""", PayloadFault.InvalidState)]
    [InlineData("""{"state":null}""", PayloadFault.InvalidState)]
    [InlineData("""{"state":1}""", PayloadFault.InvalidState)]
    [InlineData("""{"state":["finished"]}""", PayloadFault.InvalidState)]
    [InlineData("""{"state":{"state":"finished"}}""", PayloadFault.InvalidState)]
    [InlineData("""{"state":"finished","state":"finished"}""", PayloadFault.DuplicateMember)]
    [InlineData("""{"state":"finished","\u0073tate":"processing"}""", PayloadFault.DuplicateMember)]
    [InlineData("", PayloadFault.Truncated)]
    [InlineData(" ", PayloadFault.Truncated)]
    [InlineData("5", PayloadFault.MissingState)]
    [InlineData("-", PayloadFault.Truncated)]
    [InlineData("""{"state":"finished"} x""", PayloadFault.SurplusBytes)]
    [InlineData("""{"state":"finished"}{}""", PayloadFault.SurplusBytes)]
    [InlineData("\uFEFF{\"state\":\"finished\"}", PayloadFault.MalformedJson)]
    [InlineData("""{"state":"finished",}""", PayloadFault.MalformedJson)]
    [InlineData("""{"state":"finished"/**/}""", PayloadFault.MalformedJson)]
    [InlineData("<html>", PayloadFault.MalformedJson)]
    [InlineData("""{"state":"finished","x":"\ud800"}""", PayloadFault.InvalidUtf8)]
    [InlineData("""{"state":"finished","x":"\udc00\ud800"}""", PayloadFault.InvalidUtf8)]
    [InlineData("""{"state":"finished","x":["\ud800\u0041"]}""", PayloadFault.InvalidUtf8)]
    [InlineData("""{"state":"finished","\ud800":1}""", PayloadFault.InvalidUtf8)]
    public void What_is_not_one_clear_result_is_refused(string document, PayloadFault fault) => Assert.Equal(fault, Fault(document, Safe));

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    public void Bad_utf8_in_text_that_nobody_looks_at_is_refused(byte[] bytes) =>
        Assert.Equal(PayloadFault.InvalidUtf8, Fault([.. "{\"state\":\"finished\",\"x\":\""u8, .. bytes, .. "\"}"u8], Safe));

    [Fact]
    public void A_truncation_at_any_byte_is_refused()
    {
        var document = """{"a":[1,{"b":"\u00e9\n"}],"state":"finished","c":-1.5e3}"""u8.ToArray();
        for (var length = 0; length < document.Length; length++)
        {
            Fault(document[..length], Safe);
        }
    }

    [Fact]
    public void Length_and_depth_are_bounded()
    {
        static string Nested(int depth) => "{\"x\":" + new string('[', depth - 1) + new string(']', depth - 1) + ",\"state\":\"finished\"}";
        Assert.Equal(Finished, Project(Nested(64), Safe));
        Assert.Equal(PayloadFault.TooDeep, Fault(Nested(65), Safe));
        Assert.Equal(PayloadFault.TooDeep, Fault("[" + new string('{', 3), Wrapped, new PayloadLimits { MaxDepth = 1 }));
        Assert.Equal(PayloadFault.TooLarge, Fault("{\"state\":\"finished\"}" + new string(' ', 81), Safe, new PayloadLimits { MaxDocumentBytes = 100 }));
        Assert.Equal(Finished, Project("{\"state\":\"finished\"}" + new string(' ', 80), Safe, new PayloadLimits { MaxDocumentBytes = 100 }));
    }

    [Theory]
    [InlineData("""{"result":{"state":"success"}}""", Finished)]
    [InlineData("""[{"state":"success"},{"state":"declined"}]""", Finished)]
    [InlineData("""{"items":[{"result":{"state":"processing"}}]}""", Processing)]
    [InlineData("""{"result":"{\"state\":\"success\"}"}""", Finished)]
    [InlineData("""{"result":"\"{\\\"state\\\":\\\"success\\\"}\"","state":"processing"}""", Processing)]
    [InlineData("""{"state":"processing","result":{"state":"finished"}}""", Processing)]
    [InlineData(""" "[{\"state\":\"finished\"}]" """, Finished)]
    public void A_wrapped_result_is_unwrapped(string document, string expected) => Assert.Equal(expected, Project(document, Wrapped));

    [Theory]
    [InlineData("[]", PayloadFault.MissingState)]
    [InlineData("""[{"state":"finished"},{}]""", PayloadFault.MissingState)]
    [InlineData("""[{"state":"finished"},5]""", PayloadFault.MissingState)]
    [InlineData("""[{"state":"finished"},{"state":"processing"}]""", PayloadFault.InvalidState)]
    [InlineData("""{"result":{"state":"finished"},"result":{}}""", PayloadFault.DuplicateMember)]
    [InlineData("""{"result":{"state":"finished"},"r\u0065sult":{}}""", PayloadFault.DuplicateMember)]
    [InlineData("""{"result":"{\"state\":\"finished\"} x"}""", PayloadFault.SurplusBytes)]
    [InlineData("""{"result":"{\"state\":\"fini"}""", PayloadFault.Truncated)]
    [InlineData("""{"result":null}""", PayloadFault.MissingState)]
    public void A_wrapped_result_that_is_unclear_is_refused(string document, PayloadFault fault) => Assert.Equal(fault, Fault(document, Wrapped));

    [Theory]
    [InlineData("""{"state":"finished"}""", Finished)]
    [InlineData("""{"session":"ab12","x":1,"state":"finished"}""", """{"state":"finished","session":"ab12"}""")]
    [InlineData("""{"s\u0065ssion":"a","state":"processing"}""", """{"state":"processing","session":"a"}""")]
    public void A_kept_member_follows_the_state(string document, string expected) => Assert.Equal(expected, Project(document, Kept));

    [Theory]
    [InlineData("""{"state":"finished","session":5}""", PayloadFault.KeptMemberInvalid)]
    [InlineData("""{"state":"finished","session":""}""", PayloadFault.KeptMemberInvalid)]
    [InlineData("""{"state":"finished","session":"ab\n"}""", PayloadFault.KeptMemberInvalid)]
    [InlineData("""{"state":"finished","session":"ab score=1"}""", PayloadFault.KeptMemberInvalid)]
    [InlineData("""{"state":"finished","session":"ab","session":"ab"}""", PayloadFault.DuplicateMember)]
    public void A_kept_member_that_does_not_match_is_refused(string document, PayloadFault fault) => Assert.Equal(fault, Fault(document, Kept));

    [Theory]
    [InlineData("$")]
    [InlineData("$[*].session")]
    [InlineData("$.state")]
    [InlineData("$.x.analyses")]
    public void A_kept_member_needs_a_name_of_its_own(string member) =>
        Assert.Throws<ArgumentException>(() => new JsonProjector(new ProjectionRules { Keep = [new KeptMember(Rewrite.Path(member), new Regex("a"))] }, new PayloadLimits()));

    [Theory]
    [InlineData(ResultShape.Status, """{"state":"finished","analyses":{"quality":{"state":"finished","resolution":"success"},"documents":{"state":"failed","resolution":""}}}""")]
    [InlineData(ResultShape.Folder, """{"state":"finished","folder_id":"your_folder_id","analyses":{"quality":{"state":"finished","resolution":"success"},"documents":{"state":"failed","resolution":""}}}""")]
    public void Test_modes_show_the_documented_members_only(ResultShape shape, string expected)
    {
        const string Document = """
            {"state":"success","folder_id":"your_folder_id","analyses":{"quality":{"resolution":"success","state":"finished","confidence":0.9,"result_json":{"state":"x"}},
            "documents":{"state":"failed","resolution":""}},"score":1}
            """;
        Assert.Equal(expected, Project(Document, new ProjectionRules { Shape = shape }));
        Assert.Equal(Processing, Project(Processing, new ProjectionRules { Shape = shape }));
    }

    [Theory]
    [InlineData("""{"state":"finished","analyses":[]}""", PayloadFault.KeptMemberInvalid)]
    [InlineData("""{"state":"finished","analyses":{"Quality":{}}}""", PayloadFault.KeptMemberInvalid)]
    [InlineData("""{"state":"finished","analyses":{"quality":5}}""", PayloadFault.KeptMemberInvalid)]
    [InlineData("""{"state":"finished","analyses":{"quality":{"state":"0.97"}}}""", PayloadFault.KeptMemberInvalid)]
    [InlineData("""{"state":"finished","analyses":{"quality":{},"quality":{}}}""", PayloadFault.DuplicateMember)]
    [InlineData("""{"state":"finished","analyses":{"quality":{"state":"a","state":"b"}}}""", PayloadFault.DuplicateMember)]
    [InlineData("""{"state":"finished","analyses":{},"analyses":{}}""", PayloadFault.DuplicateMember)]
    [InlineData("""{"state":"finished","folder_id":"http://x"}""", PayloadFault.KeptMemberInvalid)]
    [InlineData("""{"state":"finished","folder_id":7}""", PayloadFault.KeptMemberInvalid)]
    public void Test_modes_refuse_other_shapes(string document, PayloadFault fault) =>
        Assert.Equal(fault, Fault(document, new ProjectionRules { Shape = ResultShape.Folder }));

    [Fact]
    public void A_document_in_several_segments_reads_the_same()
    {
        var document = """{"x":"\u00e9","state":"finished"}"""u8.ToArray();
        for (var cut = 0; cut <= document.Length; cut++)
        {
            var answer = new JsonProjector(Safe, new PayloadLimits()).Project(Segments.Of(document, cut));
            Assert.Equal(ProjectedState.Finished, answer.State);
            Assert.Equal(Finished, Encoding.UTF8.GetString(answer.Document.Span));
        }
    }

    private static string Project(string document, ProjectionRules rules, PayloadLimits? limits = null)
    {
        var answer = new JsonProjector(rules, limits ?? new PayloadLimits()).Project(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(document)));
        return Encoding.UTF8.GetString(answer.Document.Span);
    }

    private static PayloadFault Fault(string document, ProjectionRules rules, PayloadLimits? limits = null) => Fault(Encoding.UTF8.GetBytes(document), rules, limits);

    private static PayloadFault Fault(byte[] document, ProjectionRules rules, PayloadLimits? limits = null)
    {
        return Assert.Throws<PayloadException>(() => { new JsonProjector(rules, limits ?? new PayloadLimits()).Project(new ReadOnlySequence<byte>(document)); }).Fault;
    }
}
