using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OzGateway.Edge;
using OzGateway.Identity;
using OzGateway.Problems;

namespace OzGateway.Forwarding;

/// <summary>A Web Adapter: where it is and what passes to and from it.</summary>
internal sealed record UpstreamPolicy
{
    /// <summary>Key under <c>upstreams</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute http or https addresses. At least one.</summary>
    public required IReadOnlyList<Uri> Destinations { get; init; }

    /// <summary>Path of the adapter on its own side. Default empty.</summary>
    public required string Prefix { get; init; }

    /// <summary>Which name of a host the adapter reads. Default its own.</summary>
    public required UpstreamHost Host { get; init; }

    /// <summary>How the adapter learns where the browser came to. Default <c>X-Forwarded-*</c>.</summary>
    public required UpstreamForwarded Forwarded { get; init; }

    /// <summary>Names of cookies and headers of the adapter's own session, passed both ways. Default: none.</summary>
    public required SessionNames Session { get; init; }

    /// <summary>How calls of one session stay on one adapter.</summary>
    public required AffinityPolicy Affinity { get; init; }

    /// <summary>How an adapter that is down is told.</summary>
    public required HealthPolicy Health { get; init; }

    /// <summary>Authorities that may vouch for the adapter; null for those of the system.</summary>
    public required X509Certificate2Collection? Authorities { get; init; }

    /// <summary>Time to connect. Default 5s.</summary>
    public required TimeSpan ConnectTimeout { get; init; }

    /// <summary>Times of a poll or any small call. Default 30s, 15s to the first byte, 30s of silence.</summary>
    public required CallTimes Poll { get; init; }

    /// <summary>Times of a submission. Default 180s, 60s to the first byte, 30s of silence.</summary>
    public required CallTimes Submission { get; init; }

    /// <summary>The policy that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="name">Its key under <c>upstreams</c>.</param>
    /// <param name="secrets">Fetches files.</param>
    /// <param name="errors">Where errors go.</param>
    public static UpstreamPolicy? Create(UpstreamOptions options, string name, SecretReader secrets, ConfigurationErrors errors)
    {
        string path = $"upstreams.{name}";
        if (!TextShapes.IsName(name))
        {
            errors.Add(path, ConfigurationCode.BadText, $"is not a name for a server. Allowed: {TextShapes.NameRule}.");
        }

        if (options.Prefix is { } prefix && !PathShapes.IsPlain(prefix))
        {
            errors.Add($"{path}.prefix", ConfigurationCode.BadPath, $"is not a plain path. Write for example '/tenant': {PathShapes.PlainRule}.");
        }

        UpstreamTimeoutOptions timeouts = options.Timeouts ?? new();
        OptionRanges.Check(timeouts, $"{path}.timeouts", errors);
        errors.CheckDestinations(options.Destinations, $"{path}.destinations");
        SessionNames session = SessionNames.Create(options.Session ?? new(), $"{path}.session", errors);
        AffinityPolicy affinity = AffinityPolicy.Create(options.Affinity ?? new(), name, options.Destinations?.Count ?? 0, errors);
        HealthPolicy health = HealthPolicy.Create(options.Health ?? new(), $"{path}.health", errors);
        X509Certificate2Collection? authorities = options.Tls?.Ca is { } ca ? ReadAuthorities(options, ca, $"{path}.tls.ca", secrets, errors) : null;
        TimeSpan silence = timeouts.Silence ?? TimeSpan.FromSeconds(30);
        return errors.AnyAt(path) ? null : new UpstreamPolicy
        {
            Name = name,
            Destinations = options.Destinations!,
            Prefix = options.Prefix ?? "",
            Host = options.Host ?? UpstreamHost.Adapter,
            Forwarded = options.Forwarded ?? UpstreamForwarded.XForwarded,
            Session = session,
            Affinity = affinity,
            Health = health,
            Authorities = authorities,
            ConnectTimeout = timeouts.Connect ?? TimeSpan.FromSeconds(5),
            Poll = new CallTimes(timeouts.Poll ?? TimeSpan.FromSeconds(30), timeouts.PollFirstByte ?? TimeSpan.FromSeconds(15), silence),
            Submission = new CallTimes(timeouts.Submission ?? TimeSpan.FromSeconds(180), timeouts.SubmissionFirstByte ?? TimeSpan.FromSeconds(60), silence),
        };
    }

    /// <summary>The times of a call. A file is as long as it is: only silence ends it.</summary>
    public CallTimes TimesOf(CallKind kind) => kind switch
    {
        CallKind.Static => new CallTimes(Timeout.InfiniteTimeSpan, Poll.Silence, Poll.Silence),
        CallKind.Submission => Submission,
        CallKind.Telemetry or CallKind.Session or CallKind.Poll => Poll,
        _ => throw new InvalidOperationException($"Kind of call '{kind}' has no times."),
    };

    private static X509Certificate2Collection? ReadAuthorities(UpstreamOptions options, SecretOptions ca, string path, SecretReader secrets, ConfigurationErrors errors)
    {
        if (options.Destinations?.TrueForAll(address => address.Scheme == Uri.UriSchemeHttp) == true)
        {
            errors.Add(path, ConfigurationCode.Contradiction, "has no place here: every destination is http, and nothing proves who they are. Write https addresses, or take it away.");
            return null;
        }

        if (secrets(ca, path) is not { } text)
        {
            return null;
        }

        X509Certificate2Collection authorities = [];
        try
        {
            authorities.ImportFromPem(text.Reveal());
        }
        catch (CryptographicException)
        {
            // What was read up to there is not used.
            authorities.Clear();
        }

        if (authorities.Count == 0)
        {
            errors.Add(path, ConfigurationCode.SecretUnusable, "holds no certificate (PEM). Write the authorities one after the other, each from '-----BEGIN CERTIFICATE-----'.");
        }

        return authorities;
    }
}
