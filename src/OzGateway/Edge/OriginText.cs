using OzGateway.Problems;

namespace OzGateway.Edge;

/// <summary>Origins as browsers write them: compared letter by letter, so an operator must write them so too.</summary>
internal static class OriginText
{
    /// <summary>The word for the gateway's own origin in lists of a page.</summary>
    public const string Self = "self";

    /// <summary>Adds an error for each text that is no origin as a browser sends it.</summary>
    /// <param name="errors">Where errors go.</param>
    /// <param name="origins">The origins as written.</param>
    /// <param name="path">Where they stand.</param>
    /// <param name="allowsSelf">Whether the word <c>self</c> may stand among them.</param>
    public static void CheckOrigins(this ConfigurationErrors errors, IReadOnlyList<string>? origins, string path, bool allowsSelf = false)
    {
        for (int index = 0; index < origins?.Count; index++)
        {
            string at = $"{path}[{index}]";
            string origin = origins[index];
            if (origins.Take(index).Contains(origin, StringComparer.Ordinal))
            {
                errors.Add(at, ConfigurationCode.Duplicate, "stands twice in the list. Keep one of them.");
            }
            else if (origin == "*")
            {
                errors.Add(at, ConfigurationCode.BadAddress, "is '*': every page of the world. List the origins of your pages.");
            }
            else if (origin == "null")
            {
                errors.Add(at, ConfigurationCode.BadAddress, "is 'null', which every sandboxed page calls itself. List the origins of your pages.");
            }
            else if (!(allowsSelf && origin == Self) && !IsOrigin(origin))
            {
                errors.Add(at, ConfigurationCode.BadAddress, $"is not an origin as browsers send it: scheme, host in lower case and port, if it is not the usual one; no path, no slash at the end{(allowsSelf ? "; or the word self" : "")}. Write for example 'https://bank.example'.");
            }
        }
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address.UserInfo.Length == 0
        && text == $"{address.Scheme}://{address.IdnHost}{(address.IsDefaultPort ? "" : $":{address.Port}")}".Replace("://::1", "://[::1]", StringComparison.Ordinal);
}
