using Microsoft.Extensions.Primitives;

namespace OzGateway.Identity;

/// <summary>Every value that came under one cookie name: a second one is a reason to refuse, so none may be overlooked.</summary>
internal static class CookieValues
{
    /// <summary>How many values came.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The cookie.</param>
    /// <param name="first">The first of them, where it stands.</param>
    public static int Find(HttpRequest request, string name, out StringSegment first)
    {
        var count = 0;
        first = default;
        foreach (var header in request.Headers.Cookie)
        {
            foreach (var part in header.AsSpan().Split(';'))
            {
                var pair = new StringSegment(header!, part.Start.Value, part.End.Value - part.Start.Value);
                var equals = pair.IndexOf('=');
                if (equals > 0 && pair.AsSpan(0, equals).Trim().SequenceEqual(name))
                {
                    first = count++ == 0 ? pair.Subsegment(equals + 1).Trim() : first;
                }
            }
        }

        return count;
    }
}
