namespace OzGateway.Identity;

/// <summary>Every value that came under one cookie name: a second one is a reason to refuse, so none may be overlooked.</summary>
internal static class CookieValues
{
    /// <summary>The values in the order in which they came.</summary>
    public static IReadOnlyList<string> Of(HttpRequest request, string name)
    {
        List<string> values = [];
        foreach (var header in request.Headers.Cookie)
        {
            var text = header.AsSpan();
            foreach (var part in text.Split(';'))
            {
                var pair = text[part];
                var equals = pair.IndexOf('=');
                if (equals > 0 && pair[..equals].Trim().SequenceEqual(name))
                {
                    values.Add(pair[(equals + 1)..].Trim().ToString());
                }
            }
        }

        return values;
    }
}
