using System.Text;

using OzGateway.Payloads;

namespace OzGateway.Tests.Payloads;

public sealed class SensitiveNamesTests
{
    private static SensitiveNames Names { get; } = new(["access_token", "confidence_spoofing", "folder_id"]);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"license":{"session_token":"x"},"note":"folder_id"}""")]
    [InlineData("""["folder_id","{not json","[object Object]"]""")]
    [InlineData("5 ")]
    [InlineData("null ")]
    public void An_answer_without_a_sensitive_name_passes(string document) => Names.Check(Encoding.UTF8.GetBytes(document), new PayloadLimits());

    [Theory]
    [InlineData("""{"folder_id":1}""")]
    [InlineData("""{"a":[{"b":{"Folder-ID":null}}]}""")]
    [InlineData("""{"f\u006flderId":1}""")]
    [InlineData("""{"a":"{\"access_token\":1}"}""")]
    [InlineData("""{"a":" [\"{\\\"ACCESSTOKEN\\\":1}\"]"}""")]
    public void A_sensitive_name_is_found_at_any_depth(string document) => Assert.Equal(PayloadFault.SensitiveMember, Fault(document));

    [Theory]
    [InlineData("{", PayloadFault.Truncated)]
    [InlineData("{} {", PayloadFault.SurplusBytes)]
    [InlineData("{a:1}", PayloadFault.MalformedJson)]
    [InlineData("{\"a\":\"\\ud800\"}", PayloadFault.InvalidUtf8)]
    public void What_is_no_strict_json_is_refused(string document, PayloadFault fault) => Assert.Equal(fault, Fault(document));

    [Theory]
    [InlineData("{", true)]
    [InlineData(" \r\n\t[", true)]
    [InlineData("\uFEFF {", true)]
    [InlineData("", false)]
    [InlineData("(function(){", false)]
    [InlineData("<?php {", false)]
    public void Json_is_recognised_by_its_first_byte(string start, bool expected) => Assert.Equal(expected, SensitiveNames.LooksLikeJson(Encoding.UTF8.GetBytes(start)));

    [Fact]
    public void Texts_that_only_start_like_json_are_bounded_in_number() =>
        Assert.Equal(PayloadFault.MalformedJson, Fault("[" + string.Join(',', Enumerable.Repeat("\"[x\"", 65)) + "]"));

    private static PayloadFault Fault(string document) =>
        Assert.Throws<PayloadException>(() => Names.Check(Encoding.UTF8.GetBytes(document), new PayloadLimits())).Fault;
}
