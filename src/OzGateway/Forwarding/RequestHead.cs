using System.Buffers;
using System.Diagnostics;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using OzGateway.Edge;
using OzGateway.Identity;
using OzGateway.Telemetry;
using OzGateway.Transactions;

namespace OzGateway.Forwarding;

/// <summary>The head of a request to the adapter, built anew from an allow-list.</summary>
internal sealed class RequestHead(UpstreamPolicy upstream, string publicPrefix, TraceExport export)
{
    private static readonly SearchValues<char> PlainCharacters = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code), '\t']);

    // A page asks the same again and again: the address of the last call without a query is kept.
    private volatile Target? _last;

    /// <summary>Writes the headers and the address.</summary>
    /// <param name="http">The call.</param>
    /// <param name="request">What goes to the adapter.</param>
    /// <param name="destination">Where the adapter is, with its prefix.</param>
    public void Write(HttpContext http, HttpRequestMessage request, string destination)
    {
        var metadata = http.GetEndpoint()?.Metadata;
        var pass = metadata?.GetMetadata<PassPolicy>();
        var kind = http.Features.GetRequiredFeature<CallFeature>().Kind;
        var role = metadata?.GetMetadata<PluginFilePolicy>()?.Pin is null ? HeaderPolicy.Request(kind) : HeaderPolicy.RequestOfPinned;
        Pass(http, request, role.Items.AsSpan());
        Pass(http, request, upstream.Session.Headers.Items.AsSpan());
        Pass(http, request, pass is null ? [] : pass.Headers.Items.AsSpan());
        if (upstream.Session.Cookies.Count > 0)
        {
            Set(request, HeaderNames.Cookie, RequestCookies.Pass(http.Request.Headers.Cookie, upstream.Session.Cookies));
        }

        if (!role.Contains(HeaderNames.AcceptEncoding))
        {
            // What is to be read must not come coded; answers that do all the same are decoded within bounds.
            Set(request, HeaderNames.AcceptEncoding, "identity");
        }

        if (upstream.Forwarded is not UpstreamForwarded.None)
        {
            Set(request, HeaderNames.Via, Via(http.Request.Protocol));
        }

        if (upstream.Forwarded is UpstreamForwarded.XForwarded)
        {
            SetForwarded(http, request);
        }

        if (!export.IsOn)
        {
            Set(request, HeaderNames.TraceParent, Activity.Current?.Id);
        }

        request.Headers.Host = upstream.Host is UpstreamHost.Public ? http.Request.Host.Value : null;
        request.RequestUri = Address(http, destination, pass);
    }

    private void SetForwarded(HttpContext http, HttpRequestMessage request)
    {
        // Behind listed proxies the client is further out than the connection: the adapter is told the way as far as it is believed.
        if (http.Connection.RemoteIpAddress is { } peer)
        {
            var source = ClientAddress.SourceOf(http);
            Set(request, "X-Forwarded-For", source.IsBehindProxy(http) ? string.Join(", ", source.Way(http)) : TrustedProxies.Plain(peer).ToString());
        }

        Set(request, "X-Forwarded-Host", http.Request.Host.ToUriComponent());
        Set(request, "X-Forwarded-Proto", http.Request.Scheme);
        Set(request, "X-Forwarded-Prefix", publicPrefix);
    }

    private Uri Address(HttpContext context, string destination, PassPolicy? pass)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (_last is { } last && last.Raw == raw && last.Destination == destination)
        {
            return last.Address;
        }

        var question = raw.IndexOf('?', StringComparison.Ordinal);
        var path = raw.AsSpan(0, question < 0 ? raw.Length : question);
        var query = QueryKeys.Pass(context.Request.QueryString.Value ?? "", context.GetEndpoint()?.Metadata.GetMetadata<TransactionPolicy>(), pass?.Query);
        var address = AdapterTarget.Of(destination, path[publicPrefix.Length..], query);
        if (question < 0 && query.Length == 0)
        {
            _last = new Target(destination, raw, address);
        }

        return address;
    }

    private static void Pass(HttpContext http, HttpRequestMessage request, ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (http.Request.Headers.TryGetValue(name, out var values))
            {
                Set(request, name, Plain(name, values));
            }
        }
    }

    // A value that is not plain ASCII is read in two ways by two servers: it does not pass. Nor do several ranges at once, whose answer is a document of its own kind.
    private static StringValues Plain(string name, StringValues values)
    {
        foreach (var value in values)
        {
            if (value is null || value.AsSpan().ContainsAnyExcept(PlainCharacters))
            {
                return StringValues.Empty;
            }
        }

        return name.Equals(HeaderNames.Range, StringComparison.OrdinalIgnoreCase) && values.ToString().Contains(',', StringComparison.Ordinal) ? StringValues.Empty : values;
    }

    private static void Set(HttpRequestMessage request, string name, StringValues values)
    {
        if (StringValues.IsNullOrEmpty(values))
        {
            return;
        }

        if (request.Headers.NonValidated.Contains(name))
        {
            request.Headers.Remove(name);
        }

        if (values.Count == 1 ? !request.Headers.TryAddWithoutValidation(name, values.ToString()) : !request.Headers.TryAddWithoutValidation(name, values.ToArray()))
        {
            request.Content?.Headers.Remove(name);
            request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        }
    }

    private static string Via(string protocol) => HttpProtocol.IsHttp11(protocol) ? "1.1 ozgateway" : $"{protocol["HTTP/".Length..]} ozgateway";

    private sealed record Target(string Destination, string Raw, Uri Address);
}
