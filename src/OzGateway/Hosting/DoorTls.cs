using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
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

    private string _taken;
    private string _seen;
    private volatile SslServerAuthenticationOptions _current;

    /// <summary>Begins with what the configuration read.</summary>
    public DoorTls(Door door, DoorTlsPolicy policy, TimeProvider time, ILogger<DoorTls> logger)
    {
        (_door, _policy, _time, _logger) = (door, policy, time, logger);
        var files = new Files(policy.Certificate!.Bytes.ToArray(), policy.Key!.Bytes.ToArray(), policy.ClientCertificate?.Authorities!.Bytes.ToArray());
        _taken = _seen = files.Hash;
        // It was valid when the configuration was read; whether it still is, is for those who connect to say.
        _current = Options(files, ServerCertificate.Load(files.Certificate, files.Key, time.GetUtcNow(), out var fault)
            ?? throw new InvalidOperationException($"The certificate of the {TelemetryNames.Word(door)} door {ServerCertificate.Complaint(fault)}."));
    }

    /// <summary>For the next handshake.</summary>
    public SslServerAuthenticationOptions Current => _current;

    /// <summary>
    /// Looks at the files once. New contents are taken when they were the same at two looks, so that a certificate and a key written
    /// one after the other are not taken for a broken pair.
    /// </summary>
    public void Look()
    {
        if (Read() is not { } files)
        {
            return;
        }

        var hash = files.Hash;
        var isSettled = hash == _seen;
        _seen = hash;
        if (!isSettled || hash == _taken)
        {
            return;
        }

        _taken = hash; // said once, whatever comes of it
        var certificate = ServerCertificate.Load(files.Certificate, files.Key, _time.GetUtcNow(), out var fault);
        if (certificate is null)
        {
            Log.RenewalRefused(_logger, _door, fault, ServerCertificate.Complaint(fault));
        }
        else if (files.Authorities is { } authorities && !ClientCertificatePolicy.HasRoot(authorities))
        {
            Log.AuthoritiesRefused(_logger, _door);
        }
        else
        {
            _current = Options(files, certificate);
            Log.Renewed(_logger, _door, certificate.ExpiresAt);
        }
    }

    private SslServerAuthenticationOptions Options(Files files, ServerCertificate certificate)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificate.Context,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowRenegotiation = false,
        };
        if (_policy.ClientCertificate is { } clients)
        {
            var check = new ClientCertificateCheck(clients, ServerCertificate.ReadChain(files.Authorities)!, _time);
            options.ClientCertificateRequired = true; // asked for; whether it may be left out, the check says
            options.AllowTlsResume = false; // a resumed session would keep what was decided earlier
            options.RemoteCertificateValidationCallback = (_, presented, chain, _) => check.Accepts(presented, chain);
        }

        return options;
    }

    private Files? Read()
    {
        try
        {
            return new Files(Read(_policy.Certificate!), Read(_policy.Key!), _policy.ClientCertificate?.Authorities is { } authorities ? Read(authorities) : null);
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return null; // between two states of a folder; what is served stays
        }
    }

    private static byte[] Read(Secret secret) => secret.File is { } file ? new Secret(File.ReadAllBytes(file)).Bytes.ToArray() : secret.Bytes.ToArray();

    private sealed record Files(byte[] Certificate, byte[] Key, byte[]? Authorities)
    {
        public string Hash => string.Join('.', new[] { Certificate, Key, Authorities ?? [] }.Select(bytes => Convert.ToHexString(SHA256.HashData(bytes))));
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
