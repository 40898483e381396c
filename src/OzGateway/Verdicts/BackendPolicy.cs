using System.Security.Cryptography.X509Certificates;
using OzGateway.Identity;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Verdicts;

/// <summary>Who may knock at the backend door. Without keys and certificates everyone is answered 401.</summary>
/// <param name="Keys">Keys that were valid at start.</param>
/// <param name="Secret">Where they stand, for those who take up changed ones; null where there are none.</param>
/// <param name="Certificates">Certificates that stand for a caller.</param>
internal sealed record BackendPolicy(KeyFile Keys, Secret? Secret, IReadOnlyList<BackendCertificate> Certificates)
{
    private const string KeysPath = "doors.backend.keys";
    private const string CertificatesPath = "doors.backend.certificates";

    private static readonly Dictionary<string, BackendRights> RightWords =
        Enum.GetValues<BackendRight>().ToDictionary(TelemetryNames.Word, right => Enum.Parse<BackendRights>(right.ToString()));

    /// <summary>The policy that the options mean. Without keys, or where they are absent and that is allowed, nobody may knock.</summary>
    /// <param name="keys">Where the keys are, or null.</param>
    /// <param name="certificates">The certificates as written.</param>
    /// <param name="secrets">Fetches secrets.</param>
    /// <param name="errors">Where errors go.</param>
    public static BackendPolicy Create(SecretOptions? keys, IReadOnlyList<BackendCertificateOptions>? certificates, SecretReader secrets, ConfigurationErrors errors)
    {
        if (keys is null && certificates is null)
        {
            errors.Warn("doors.backend", ConfigurationCode.NotAvailable, "has no keys: every call of a backend is answered 401.");
        }

        Secret? secret = keys is null ? null : secrets(keys, KeysPath);
        List<BackendCertificate> named = [];
        for (int index = 0; index < certificates?.Count; index++)
        {
            if (CreateCertificate(certificates[index], $"{CertificatesPath}[{index}]", errors) is { } certificate)
            {
                named.Add(certificate);
            }
        }

        return new BackendPolicy(ReadKeys(secret, errors), secret, named);
    }

    /// <summary>The keys of a secret.</summary>
    /// <param name="secret">The secret, or null for none.</param>
    /// <param name="errors">Where errors go.</param>
    public static KeyFile ReadKeys(Secret? secret, ConfigurationErrors errors) => KeyFile.Read(secret, [.. RightWords.Keys], KeysPath, errors);

    /// <summary>The caller a key stands for. A key without words may read.</summary>
    public static BackendCaller CallerOf(DoorKey key) => new(key.Name, RightsOf(key.Words));

    private static BackendRights RightsOf(IReadOnlyList<string> words) =>
        words.Count == 0 ? BackendRights.Read : words.Aggregate(BackendRights.None, (rights, word) => rights | RightWords[word]);

    private static BackendCertificate? CreateCertificate(BackendCertificateOptions options, string path, ConfigurationErrors errors)
    {
        string? name = errors.Require(options.Name, $"{path}.name", "bank");
        if (name is not null && !TextShapes.IsName(name))
        {
            errors.Add($"{path}.name", ConfigurationCode.BadText, $"is not a name. Write {TextShapes.NameRule}.");
        }

        string?[] by = [options.Dns, options.Uri, options.Subject];
        if (by.Count(text => text is not null) != 1)
        {
            errors.Add(path, ConfigurationCode.ExactlyOne, "needs exactly one of dns, uri and subject. Write for example 'uri: spiffe://bank.example/backend'.");
        }
        else if (string.IsNullOrWhiteSpace(by.First(text => text is not null)))
        {
            errors.Add(path, ConfigurationCode.BadText, "names nobody: the text is empty.");
        }

        IReadOnlyList<BackendRight> rights = options.Rights ?? [BackendRight.Read];
        return errors.AnyAt(path) ? null : new BackendCertificate(new BackendCaller(name!, RightsOf([.. rights.Select(TelemetryNames.Word)])), options.Dns, options.Uri, options.Subject);
    }
}

/// <summary>A certificate that stands for a caller: exactly one of the three is given.</summary>
/// <param name="Caller">Whom.</param>
/// <param name="Dns">A DNS name among its alternative names, in any case.</param>
/// <param name="Uri">A URI among them, exact.</param>
/// <param name="Subject">Its whole subject, as .NET and OpenSSL's <c>-nameopt RFC2253</c> with blanks write it.</param>
internal sealed record BackendCertificate(BackendCaller Caller, string? Dns, string? Uri, string? Subject)
{
    /// <summary>Whether a certificate, which the door has already verified, is this one's.</summary>
    public bool Fits(X509Certificate2 certificate, IReadOnlyList<(bool IsDns, string Text)> names) => this switch
    {
        { Dns: { } dns } => names.Any(name => name.IsDns && name.Text.Equals(dns, StringComparison.OrdinalIgnoreCase)),
        { Uri: { } uri } => names.Any(name => !name.IsDns && name.Text.Equals(uri, StringComparison.Ordinal)),
        _ => certificate.Subject.Equals(Subject, StringComparison.Ordinal),
    };
}
