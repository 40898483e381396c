using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using OzGateway.Identity;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Verdicts;

/// <summary>Finds out who knocks: by the key of the Authorization header, or, where there is none, by the certificate of the connection.</summary>
internal sealed partial class BackendCredentials
{
    private const string SubjectAlternativeName = "2.5.29.17";
    private const int DnsName = 2;
    private const int Uri = 6;

    private readonly RenewedSecret<KeyFile> _keys;
    private readonly IReadOnlyList<BackendCertificate> _certificates;

    public BackendCredentials(BackendPolicy policy, TimeProvider time, GatewayMetrics metrics, ILogger<BackendCredentials> logger)
    {
        _certificates = policy.Certificates;
        _keys = new RenewedSecret<KeyFile>(policy.Secret, policy.Keys, Read, time, taken =>
        {
            metrics.SecretRenewed(SecretKind.BackendKeys, taken);
            if (taken)
            {
                Log.BackendKeysRenewed(logger);
            }
            else
            {
                Log.BackendKeysRejected(logger);
            }
        });
    }

    /// <summary>The caller, or null. A key that came along and is wrong is not made good by a certificate.</summary>
    public BackendCaller? CallerOf(HttpContext context)
    {
        if (context.Request.Headers.Authorization.Count > 0)
        {
            return _keys.Value.KeyOf(context.Request) is { } key ? BackendPolicy.CallerOf(key) : null;
        }

        return _certificates.Count > 0 && context.Connection.ClientCertificate is { } certificate ? CallerOf(certificate) : null;
    }

    private BackendCaller? CallerOf(X509Certificate2 certificate)
    {
        try
        {
            var names = certificate.Extensions.Where(extension => extension.Oid?.Value == SubjectAlternativeName).SelectMany(NamesIn).ToList();
            return _certificates.FirstOrDefault(named => named.Fits(certificate, names))?.Caller;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static KeyFile? Read(Secret secret)
    {
        var errors = new ConfigurationErrors();
        var keys = BackendPolicy.ReadKeys(secret, errors);
        return errors.Any ? null : keys;
    }

    private static List<(bool IsDns, string Text)> NamesIn(X509Extension extension)
    {
        List<(bool, string)> names = [];
        var all = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
        while (all.HasData)
        {
            var tag = all.PeekTag();
            if (tag.TagClass == TagClass.ContextSpecific && tag.TagValue is DnsName or Uri)
            {
                names.Add((tag.TagValue == DnsName, all.ReadCharacterString(UniversalTagNumber.IA5String, tag)));
            }
            else
            {
                all.ReadEncodedValue();
            }
        }

        return names;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.BackendKeysRenewed, LogLevel.Information, "The keys of the backend door have changed and are taken up.", EventName = nameof(BackendKeysRenewed))]
        internal static partial void BackendKeysRenewed(ILogger logger);

        [LoggerMessage(EventIds.BackendKeysRejected, LogLevel.Error, "The keys of the backend door have changed and cannot be used; those before stay valid. 'ozgateway check' says why.", EventName = nameof(BackendKeysRejected))]
        internal static partial void BackendKeysRejected(ILogger logger);
    }
}
