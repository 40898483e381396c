using System.Collections.Frozen;
using System.Net.Http.Headers;
using Microsoft.Net.Http.Headers;
using OzGateway.Edge;

namespace OzGateway.Forwarding;

/// <summary>The head of the adapter's answer: headers pass by an allow-list, and its cookies by name.</summary>
internal sealed class AnswerPassage(UpstreamPolicy upstream, string publicPrefix, CookieWatch watch)
{
    /// <summary>Writes what passes.</summary>
    public void Write(HttpContext http, HttpResponseMessage answer)
    {
        var response = http.Response;
        var kind = http.Features.GetRequiredFeature<CallFeature>().Kind;
        Pass(answer.Headers, response, HeaderPolicy.Response(kind));
        Pass(answer.Content.Headers, response, HeaderPolicy.Response(kind));
        Pass(answer.Headers, response, upstream.Session.Headers);
        PassCookies(answer, response);
        response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
    }

    private static void Pass(HttpHeaders headers, HttpResponse response, FrozenSet<string> names)
    {
        if (names.Count == 0)
        {
            return;
        }

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
        if (!answer.Headers.NonValidated.TryGetValues(HeaderNames.SetCookie, out var cookies))
        {
            return;
        }

        foreach (var cookie in cookies)
        {
            var equals = cookie.IndexOf('=', StringComparison.Ordinal);
            var name = equals > 0 ? cookie[..equals].Trim() : "";
            if (upstream.Session.Cookies.Contains(name))
            {
                response.Headers.Append(HeaderNames.SetCookie, SessionCookie.Move(cookie, upstream.Prefix, publicPrefix));
            }
            else
            {
                watch.Dropped(name);
            }
        }
    }
}
