using System.Buffers;
using System.Text;
using OzGateway.Payloads;

namespace OzGateway.Transactions;

/// <summary>Takes the page's keys out of what passes beside the body: an adapter that merges query and body must not find there what was removed here.</summary>
internal static class SubmissionHead
{
    private static readonly string[] PassedHeaders = ["Accept", "Accept-Language", "User-Agent", "esid"];

    /// <summary>Whether a header of the page passes to the adapter.</summary>
    public static bool Passes(string name) => PassedHeaders.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Drops headers that give a value to a key.</summary>
    /// <returns>How many.</returns>
    public static int CleanHeaders(HttpRequest request, TransactionPolicy policy)
    {
        var count = 0;
        foreach (var name in PassedHeaders)
        {
            if (request.Headers.TryGetValue(name, out var values) && !policy.HarmlessTexts.Contains(values.ToString()))
            {
                request.Headers.Remove(name);
                count++;
            }
        }

        return count;
    }

    /// <summary>Writes the query anew without the keys.</summary>
    /// <param name="request">The request.</param>
    /// <param name="policy">The keys.</param>
    /// <param name="removed">How many values went.</param>
    /// <returns>False where the query cannot be read in one way.</returns>
    public static bool TryCleanQuery(HttpRequest request, TransactionPolicy policy, out int removed)
    {
        removed = 0;
        if (request.QueryString is not { HasValue: true, Value: { Length: > 1 } query })
        {
            return true;
        }

        try
        {
            var written = new ArrayBufferWriter<byte>(query.Length);
            var rewriter = PayloadRewriter.Create(PayloadKind.Form, policy.Strips);
            rewriter.Write(Encoding.Latin1.GetBytes(query[1..]), written);
            rewriter.Complete(written);
            removed = rewriter.ReplacedValues;
            request.QueryString = written.WrittenCount == 0 ? QueryString.Empty : new QueryString("?" + Encoding.ASCII.GetString(written.WrittenSpan));
            return true;
        }
        catch (PayloadException)
        {
            return false;
        }
    }
}
