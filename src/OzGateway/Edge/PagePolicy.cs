using OzGateway.Problems;

namespace OzGateway.Edge;

/// <summary>What a browser is told about a page that the gateway serves.</summary>
/// <param name="Routes">Ids of the routes that serve it.</param>
/// <param name="PermissionsPolicy">Value of the header, or null.</param>
/// <param name="ContentSecurityPolicy">Value of the header, or null.</param>
internal sealed record PagePolicy(IReadOnlySet<string> Routes, string? PermissionsPolicy, string? ContentSecurityPolicy)
{
    private const string FrameAncestors = "frame-ancestors";

    /// <summary>The policy that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="staticRoutes">Ids of the static routes.</param>
    /// <param name="errors">Where errors go.</param>
    public static PagePolicy? Create(PageOptions options, string path, IReadOnlyCollection<string> staticRoutes, ConfigurationErrors errors)
    {
        List<string> routes = errors.Require(options.Routes, $"{path}.routes", "[page]") ?? [];
        for (int index = 0; index < routes.Count; index++)
        {
            if (!staticRoutes.Contains(routes[index]))
            {
                errors.Add($"{path}.routes[{index}]", ConfigurationCode.UnknownName, $"is no static route. Defined: {string.Join(", ", staticRoutes)}.");
            }
        }

        errors.CheckOrigins(options.Camera, $"{path}.camera", allowsSelf: true);
        errors.CheckOrigins(options.FrameAncestors, $"{path}.frame_ancestors", allowsSelf: true);
        CheckContent(options, path, errors);
        return errors.AnyAt(path) ? null : new PagePolicy(
            routes.ToHashSet(StringComparer.Ordinal),
            options.Camera is null ? null : $"camera=({string.Join(' ', options.Camera.Select(origin => origin == OriginText.Self ? origin : $"\"{origin}\""))})",
            Content(options));
    }

    private static void CheckContent(PageOptions options, string path, ConfigurationErrors errors)
    {
        string at = $"{path}.content_security_policy";
        if (options is { Camera: null, ContentSecurityPolicy: null, FrameAncestors: null })
        {
            errors.Add(path, ConfigurationCode.Missing, "says nothing about the page. Write camera, content_security_policy or frame_ancestors.");
        }

        if (options.ContentSecurityPolicy is { } content && (content.Length is 0 or > 4096 || content.Any(letter => letter is < ' ' or > '~')))
        {
            errors.Add(at, ConfigurationCode.BadText, "must be 1 to 4096 visible ASCII characters. Write for example \"default-src 'self'\".");
        }
        else if (options.ContentSecurityPolicy?.Contains(FrameAncestors, StringComparison.OrdinalIgnoreCase) == true)
        {
            errors.Add(at, ConfigurationCode.Contradiction, "holds frame-ancestors, which has a key of its own. Write 'frame_ancestors: [...]'.");
        }
    }

    private static string? Content(PageOptions options)
    {
        if (options.FrameAncestors is not { } frames)
        {
            return options.ContentSecurityPolicy;
        }

        string who = frames.Count == 0 ? "'none'" : string.Join(' ', frames.Select(origin => origin == OriginText.Self ? "'self'" : origin));
        return string.Join("; ", new[] { options.ContentSecurityPolicy?.TrimEnd(' ', ';'), $"{FrameAncestors} {who}" }.OfType<string>());
    }
}
