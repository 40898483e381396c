using OzGateway.Problems;

namespace OzGateway.Forwarding;

/// <summary>A Web Adapter: where it is and what passes to and from it.</summary>
internal sealed record UpstreamPolicy
{
    // What frames a message, names a host, carries credentials or says where a call came from is set by the gateway alone.
    private static readonly HashSet<string> OwnHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Connection", "Content-Encoding", "Content-Length", "Content-Type", "Cookie", "Expect", "Forwarded", "Host", "Keep-Alive", "Proxy-Authorization",
        "Set-Cookie", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "X-Forensic-Access-Token", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP",
    };

    /// <summary>Key under <c>upstreams</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute http or https addresses. At least one.</summary>
    public required IReadOnlyList<Uri> Destinations { get; init; }

    /// <summary>Cookies of the adapter's own session, passed both ways. Default: none.</summary>
    public required IReadOnlySet<string> SessionCookies { get; init; }

    /// <summary>Headers of the adapter's own session, passed both ways. Default: none.</summary>
    public required IReadOnlySet<string> SessionHeaders { get; init; }

    /// <summary>Time to connect. Default 5s.</summary>
    public required TimeSpan ConnectTimeout { get; init; }

    /// <summary>Longest silence while bytes are due. Default 30s.</summary>
    public required TimeSpan SilenceTimeout { get; init; }

    /// <summary>Whole time of a poll or any small call. Default 30s.</summary>
    public required TimeSpan PollTimeout { get; init; }

    /// <summary>Whole time of a submission. Default 180s.</summary>
    public required TimeSpan SubmissionTimeout { get; init; }

    /// <summary>The policy that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="name">Its key under <c>upstreams</c>.</param>
    /// <param name="errors">Where errors go.</param>
    public static UpstreamPolicy? Create(UpstreamOptions options, string name, ConfigurationErrors errors)
    {
        string path = $"upstreams.{name}";
        if (!TextShapes.IsName(name))
        {
            errors.Add(path, ConfigurationCode.BadText, $"is not a name for a server. Allowed: {TextShapes.NameRule}.");
        }

        UpstreamTimeoutOptions timeouts = options.Timeouts ?? new();
        OptionRanges.Check(timeouts, $"{path}.timeouts", errors);
        UpstreamSessionOptions session = options.Session ?? new();
        errors.CheckTokens(session.Cookies, $"{path}.session.cookies");
        CheckHeaders(session.Headers, $"{path}.session.headers", errors);
        errors.CheckDestinations(options.Destinations, $"{path}.destinations");
        return errors.AnyAt(path) ? null : new UpstreamPolicy
        {
            Name = name,
            Destinations = options.Destinations!,
            SessionCookies = (session.Cookies ?? []).ToHashSet(StringComparer.Ordinal),
            SessionHeaders = (session.Headers ?? []).ToHashSet(StringComparer.OrdinalIgnoreCase),
            ConnectTimeout = timeouts.Connect ?? TimeSpan.FromSeconds(5),
            SilenceTimeout = timeouts.Silence ?? TimeSpan.FromSeconds(30),
            PollTimeout = timeouts.Poll ?? TimeSpan.FromSeconds(30),
            SubmissionTimeout = timeouts.Submission ?? TimeSpan.FromSeconds(180),
        };
    }

    private static void CheckHeaders(List<string>? headers, string path, ConfigurationErrors errors)
    {
        errors.CheckTokens(headers, path);
        for (int index = 0; index < headers?.Count; index++)
        {
            if (OwnHeaders.Contains(headers[index]))
            {
                errors.Add($"{path}[{index}]", ConfigurationCode.BadText, $"is '{headers[index]}', which the gateway sets itself. A header of the adapter's session has a name of its own.");
            }
        }
    }
}
