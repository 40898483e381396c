using System.Net.Security;
using System.Security.Authentication;
using OzGateway.Identity;
using OzGateway.Telemetry;

namespace OzGateway.Hosting;

/// <summary>What a door presents and demands in handshakes now. Renewed files change it for connections that come later; what cannot be used changes nothing.</summary>
internal sealed partial class DoorTls
{
    private readonly Door _door;
    private readonly DoorTlsPolicy _policy;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    private readonly WatchedSecrets<SslServerAuthenticationOptions> _files;

    /// <summary>Begins with what the configuration read.</summary>
    public DoorTls(Door door, DoorTlsPolicy policy, TimeProvider time, ILogger<DoorTls> logger)
    {
        (_door, _policy, _time, _logger) = (door, policy, time, logger);
        List<Secret> files = [policy.Certificate!, policy.Key!];
        if (policy.ClientCertificate?.Authorities is { } authorities)
        {
            files.Add(authorities);
        }

        // It was valid when the configuration was read; whether it still is, is for those who connect to say.
        _files = new(files, Options(files, ServerCertificate.Load(files[0].Bytes, files[1].Bytes, time.GetUtcNow(), out var fault)
            ?? throw new InvalidOperationException($"The certificate of the {TelemetryNames.Word(door)} door {ServerCertificate.Complaint(fault)}.")), Renew);
    }

    /// <summary>For the next handshake.</summary>
    public SslServerAuthenticationOptions Current => _files.Value;

    /// <summary>Looks at the files once.</summary>
    public void Look() => _files.Look();

    private SslServerAuthenticationOptions? Renew(IReadOnlyList<Secret> files)
    {
        var certificate = ServerCertificate.Load(files[0].Bytes, files[1].Bytes, _time.GetUtcNow(), out var fault);
        if (certificate is null)
        {
            Log.RenewalRefused(_logger, _door, fault, ServerCertificate.Complaint(fault));
            return null;
        }

        if (files is [_, _, var authorities] && !ClientCertificatePolicy.HasRoot(authorities.Bytes))
        {
            Log.AuthoritiesRefused(_logger, _door);
            return null;
        }

        Log.Renewed(_logger, _door, certificate.ExpiresAt);
        return Options(files, certificate);
    }

    private SslServerAuthenticationOptions Options(IReadOnlyList<Secret> files, ServerCertificate certificate)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificate.Context,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowRenegotiation = false,
        };
        if (_policy.ClientCertificate is { } clients)
        {
            var check = new ClientCertificateCheck(clients, ServerCertificate.ReadChain(files[2].Bytes)!, _time);
            options.ClientCertificateRequired = true; // asked for; whether it may be left out, the check says
            options.AllowTlsResume = false; // a resumed session would keep what was decided earlier
            options.RemoteCertificateValidationCallback = (_, presented, chain, _) => check.Accepts(presented, chain);
        }

        return options;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.CertificateRenewed, LogLevel.Information, "The {Door} door presents a renewed certificate, valid until {ExpiresAt:O}.", EventName = "CertificateRenewed")]
        internal static partial void Renewed(ILogger logger, Door door, DateTimeOffset expiresAt);

        [LoggerMessage(EventIds.CertificateRefused, LogLevel.Warning, "The renewed certificate of the {Door} door is not used ({Fault}): its file {Complaint}. The old one stays.", EventName = "CertificateRefused")]
        internal static partial void RenewalRefused(ILogger logger, Door door, CertificateFault fault, string complaint);

        [LoggerMessage(EventIds.AuthoritiesRefused, LogLevel.Warning, "The renewed authorities of the {Door} door are not used: no certificate in their file signed itself. The old ones stay.", EventName = "AuthoritiesRefused")]
        internal static partial void AuthoritiesRefused(ILogger logger, Door door);
    }
}
