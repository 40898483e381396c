using OzGateway.Verdicts;

namespace OzGateway.Tests.Verdicts;

/// <summary>Questions to folders.</summary>
internal static class Asked
{
    /// <summary>A question about a transaction of any time, as the defaults ask it.</summary>
    public static VerdictQuestion About(string id) => new()
    {
        TransactionKey = "transaction_id",
        TransactionId = id,
        From = DateTimeOffset.MinValue,
        Until = DateTimeOffset.MaxValue,
        RequiredAnalyses = ["QUALITY"],
        RequiredTags = [],
    };
}
