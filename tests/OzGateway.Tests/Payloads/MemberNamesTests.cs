using OzGateway.Payloads;

namespace OzGateway.Tests.Payloads;

public sealed class MemberNamesTests
{
    [Theory]
    [InlineData("transaction_id", "transactionid")]
    [InlineData("Transaction-ID", "transactionid")]
    [InlineData("TRAN\u017FACTION_ID", "transactionid")]
    [InlineData("__", "")]
    [InlineData("", "")]
    public void Case_underscores_and_hyphens_make_no_difference(string name, string expected) =>
        Assert.Equal(expected, MemberNames.Normalize(name));
}
