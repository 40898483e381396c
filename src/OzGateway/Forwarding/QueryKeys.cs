using OzGateway.Payloads;
using OzGateway.Transactions;

namespace OzGateway.Forwarding;

/// <summary>Which keys of the query do not pass: an adapter that merges query and body must not find there what was removed from the body.</summary>
internal static class QueryKeys
{
    // The page must not choose how much an answer tells.
    private const string ResultMode = "result_mode";

    /// <summary>The keys among the given ones that are taken away, in whatever spelling and however deep: <c>meta[transaction-id]</c>.</summary>
    /// <param name="names">Keys of the query.</param>
    /// <param name="policy">The transaction of the route, or null.</param>
    public static IReadOnlyList<string> Dropped(IEnumerable<string> names, TransactionPolicy? policy)
    {
        var owned = policy is null ? [] : policy.Set.Select(pair => pair.Key).Concat(policy.Strip).Select(MemberNames.Normalize).ToHashSet(StringComparer.Ordinal);
        owned.Add(MemberNames.Normalize(ResultMode));
        return [.. names.Where(name => owned.Contains(LastKey(name)))];
    }

    private static string LastKey(string name)
    {
        var end = name.EndsWith(']') ? name.Length - 1 : name.Length;
        var start = name.AsSpan(0, end).LastIndexOfAny("[.") + 1;
        return MemberNames.Normalize(name[start..end]);
    }
}
