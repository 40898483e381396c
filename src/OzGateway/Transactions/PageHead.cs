using System.Buffers;
using System.Text;
using OzGateway.Payloads;

namespace OzGateway.Transactions;

/// <summary>What a page says beside the body of a submission, as it came: its query and the headers that could name a transaction.</summary>
internal sealed class PageHead
{
    private readonly string _query;
    private readonly List<(string Name, string Value)> _headers = [];
    private readonly TransactionPolicy _policy;

    private PageHead(string query, TransactionPolicy policy) => (_query, _policy) = (query, policy);

    /// <summary>Notes what a request says.</summary>
    public static PageHead Of(HttpRequest request, TransactionPolicy policy)
    {
        var head = new PageHead(request.QueryString.Value ?? "", policy);
        foreach (var (name, value) in request.Headers)
        {
            if (head.IsNamed(name) || (SubmissionHead.Passes(name) && !policy.HarmlessTexts.Contains(value.ToString())))
            {
                head._headers.Add((name, value.ToString()));
            }
        }

        return head;
    }

    /// <summary>Where a transaction is named that is not this one: <c>query</c>, <c>header</c>, or null. Headers that never pass count where they are named as the key.</summary>
    /// <param name="id">The transaction's id.</param>
    public string? FindForeign(string id) =>
        IsForeignIn(_query.TrimStart('?'), id) ? "query" : _headers.Exists(header => IsForeignIn(header, id)) ? "header" : null;

    private bool IsNamed(string header)
    {
        var name = header.StartsWith("X-", StringComparison.OrdinalIgnoreCase) ? header[2..] : header;
        return _policy.TransactionNames.Find(name) >= 0;
    }

    private bool IsForeignIn((string Name, string Value) header, string id) =>
        IsNamed(header.Name) ? header.Value != id : _policy.TransactionNames.IsAssignedIn(header.Value) && !header.Value.Contains(id, StringComparison.Ordinal);

    private bool IsForeignIn(string query, string id)
    {
        if (query.Length == 0)
        {
            return false;
        }

        var rewriter = PayloadRewriter.Create(PayloadKind.Form, new InjectionRules
        {
            Targets = [InjectionTarget.FieldPerKey("ozgateway-head[{key}]")],
            Set = [KeyValuePair.Create(_policy.TransactionKey, id)],
            Limits = _policy.Limits,
        });
        var written = new ArrayBufferWriter<byte>(query.Length);
        try
        {
            rewriter.Write(Encoding.Latin1.GetBytes(query), written);
            rewriter.Complete(written);
            return rewriter.ForeignValues > 0;
        }
        catch (PayloadException)
        {
            // It was read before; what is refused here uses a name that is ours alone.
            return true;
        }
    }
}
