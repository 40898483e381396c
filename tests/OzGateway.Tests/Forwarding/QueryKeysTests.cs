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
    [InlineData("meta[transaction_id]")]
    [InlineData("meta.transaction_id")]
    [InlineData("folder[meta_data][end_user_id]")]
    [InlineData("iin")]
    [InlineData("result_mode")]
    [InlineData("resultMode")]
    public void What_the_gateway_owns_does_not_pass_in_any_spelling(string name) => Assert.Equal([name], QueryKeys.Dropped([name], Policy));

    [Theory]
    [InlineData("session_id")]
    [InlineData("transaction_id_hint")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("v")]
    public void Everything_else_passes(string name) => Assert.Empty(QueryKeys.Dropped([name], Policy));

    [Fact]
    public void Without_a_transaction_only_the_result_mode_does_not_pass() =>
        Assert.Equal(["result_mode"], QueryKeys.Dropped(["transaction_id", "result_mode"], policy: null));
}
