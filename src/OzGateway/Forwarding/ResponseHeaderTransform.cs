using System.Net.Http.Headers;
using Microsoft.Net.Http.Headers;
using OzGateway.Edge;
using Yarp.ReverseProxy.Transforms;

namespace OzGateway.Forwarding;

/// <summary>Lets headers of the adapter's answer through by an allow-list, and its cookies by name.</summary>
internal sealed class ResponseHeaderTransform(UpstreamPolicy upstream, string publicPrefix) : ResponseTransform
{
    /// <inheritdoc />
    public override ValueTask ApplyAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is not { } answer)
        {
            return ValueTask.CompletedTask;
        }

        // YARP has copied the text behind the adapter's status; what stands there is the adapter's word, not ours.
        context.HttpContext.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = null;
        var response = context.HttpContext.Response;
        var kind = context.HttpContext.Features.GetRequiredFeature<CallFeature>().Kind;
        Pass(answer.Headers, response, HeaderPolicy.Response(kind));
        Pass(answer.Content.Headers, response, HeaderPolicy.Response(kind));
        Pass(answer.Headers, response, upstream.Session.Headers);
        PassCookies(answer, response);
        response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        return ValueTask.CompletedTask;
    }

    private static void Pass(HttpHeaders headers, HttpResponse response, IReadOnlySet<string> names)
    {
        foreach (var (name, values) in headers.NonValidated)
        {
            if (names.Contains(name))
            {
                response.Headers[name] = values.ToArray();
            }
        }
    }

    private void PassCookies(HttpResponseMessage answer, HttpResponse response)
    {
        if (upstream.Session.Cookies.Count == 0 || !answer.Headers.NonValidated.TryGetValues(HeaderNames.SetCookie, out var cookies))
        {
            return;
        }

        foreach (var cookie in cookies)
        {
            var equals = cookie.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && upstream.Session.Cookies.Contains(cookie[..equals].Trim()))
            {
                response.Headers.Append(HeaderNames.SetCookie, SessionCookie.Move(cookie, upstream.Prefix, publicPrefix));
            }
        }
    }
}
