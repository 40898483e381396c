using OzGateway.Forwarding;
using OzGateway.Problems;
using OzGateway.Transactions;

namespace OzGateway.Tests.Forwarding;

public sealed class QueryKeysTests
{
    private static readonly TransactionPolicy Policy = TransactionPolicy.Create(new TransactionOptions(), "transaction", new ConfigurationErrors())!;

    [Theory]
    [InlineData("transaction_id")]
    [InlineData("transactionId")]
    [InlineData("TRANSACTION-ID")]
    [InlineData("%74ransaction_id")]
    [InlineData("meta[transaction_id]")]
    [InlineData("meta%5Btransaction_id%5D")]
    [InlineData("meta.transaction_id")]
    [InlineData("folder[meta_data][end_user_id]")]
    [InlineData("iin")]
    [InlineData("result_mode")]
    [InlineData("resultMode")]
    [InlineData("result+mode")]
    [InlineData("result.mode")]
    [InlineData("result%5Bmode")]
    [InlineData("transaction_id[]")]
    [InlineData("meta[transaction.id][0]")]
    public void What_the_gateway_owns_does_not_pass_in_any_spelling(string name) =>
        Assert.Equal("?a=1&b", QueryKeys.Pass($"?a=1&{name}=x&{name}&b", Policy, allowed: null));

    [Theory]
    [InlineData("?")]
    [InlineData("?session_id=1")]
    [InlineData("?transaction_id_hint=%2f%2F&a=b+c%20d")]
    [InlineData("?[]=&=&&x=a=b")]
    [InlineData("")]
    public void Everything_else_passes_byte_for_byte(string query) => Assert.Equal(query, QueryKeys.Pass(query, Policy, allowed: null));

    [Fact]
    public void Without_a_transaction_only_the_result_mode_does_not_pass() =>
        Assert.Equal("?transaction_id=1", QueryKeys.Pass("?transaction_id=1&result_mode=full", policy: null, allowed: null));

    [Fact]
    public void Where_keys_are_listed_no_other_passes() =>
        Assert.Equal("?v=1&lang=de", QueryKeys.Pass("?v=1&V=2&x=3&lang=de&v%20=4", Policy, new HashSet<string> { "v", "lang", "transaction_id" }));

    [Fact]
    public void A_listed_key_of_the_gateway_does_not_pass_all_the_same() =>
        Assert.Equal("", QueryKeys.Pass("?transaction_id=1", Policy, new HashSet<string> { "transaction_id" }));
}
