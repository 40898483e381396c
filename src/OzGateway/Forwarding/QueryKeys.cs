using OzGateway.Problems;
using OzGateway.Transactions;

namespace OzGateway.Forwarding;

/// <summary>Which pairs of the query pass: an adapter that merges query and body must not find there what was removed from the body.</summary>
internal static class QueryKeys
{
    // The page must not choose how much an answer tells.
    private const string ResultMode = "result_mode";

    /// <summary>The query without the pairs that do not pass, whatever the spelling and however deep: <c>meta[transaction-id]</c>. The rest stays as it is, byte for byte.</summary>
    /// <param name="query">The query with its question mark, or nothing.</param>
    /// <param name="policy">The transaction of the route, or null.</param>
    /// <param name="allowed">Keys that alone may pass, or null: all others.</param>
    public static string Pass(string query, TransactionPolicy? policy, IReadOnlySet<string>? allowed)
    {
        if (query.Length < 2)
        {
            return query;
        }

        var owned = policy is null ? [] : policy.Set.Select(pair => pair.Key).Concat(policy.Strip).Select(TextShapes.Bare).ToHashSet(StringComparer.Ordinal);
        owned.Add(TextShapes.Bare(ResultMode));
        var pairs = query[1..].Split('&');
        var kept = Array.FindAll(pairs, pair => Passes(Key(pair), owned, allowed));
        return kept.Length == pairs.Length ? query : kept.Length == 0 ? "" : "?" + string.Join('&', kept);
    }

    private static bool Passes(string key, HashSet<string> owned, IReadOnlySet<string>? allowed) => allowed?.Contains(key) is not false && !Names(key, owned);

    private static string Key(string pair) => Uri.UnescapeDataString(pair.Split('=', 2)[0].Replace('+', ' '));

    // Readers nest keys by brackets and dots, and some make of dots, blanks and brackets an underscore: any run of the words may be the key.
    private static bool Names(string key, HashSet<string> owned)
    {
        var words = key.Split('.', '[', ']', ' ');
        for (var from = 0; from < words.Length; from++)
        {
            var run = "";
            foreach (var word in words[from..])
            {
                run += TextShapes.Bare(word);
                if (owned.Contains(run))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
