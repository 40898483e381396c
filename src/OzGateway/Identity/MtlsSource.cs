using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using OzGateway.Problems;

namespace OzGateway.Identity;

/// <summary>The certificate that the client showed at the public door. Whether it is genuine, the door has judged.</summary>
/// <param name="San">The kind of alternative name that names the user; null means the subject.</param>
internal sealed record MtlsSource(CertificateName? San) : UserKeySource
{
    private const string AlternativeNames = "2.5.29.17";

    /// <summary>The source that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static MtlsSource? Create(MtlsOptions options, string path, ConfigurationErrors errors)
    {
        if (options.Subject is false)
        {
            errors.Add($"{path}.subject", ConfigurationCode.Contradiction, "is false: that is so unless it is written. Take it away, and write 'san' instead.");
        }
        else if (options.Subject is null == options.San is null)
        {
            errors.Add(path, ConfigurationCode.ExactlyOne, "needs exactly one of subject and san. Write 'subject: true', or for example 'san: email'.");
        }

        return errors.AnyAt(path) ? null : new MtlsSource(options.San);
    }

    /// <summary>Whom the client's certificate names.</summary>
    public IdentifierResult Read(X509Certificate2? certificate)
    {
        if (certificate is null)
        {
            return IdentifierResult.Missing;
        }

        List<string> names = San is { } kind ? [.. Names(certificate, kind)] : [certificate.SubjectName.Name];
        return names is [{ Length: > 0 and <= MaxIdentifierLength } name] ? IdentifierResult.Of(name) : IdentifierResult.Refused;
    }

    private static IEnumerable<string> Names(X509Certificate2 certificate, CertificateName kind)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, kind switch
        {
            CertificateName.Email => 1,
            CertificateName.Dns => 2,
            CertificateName.Uri => 6,
            _ => throw new InvalidOperationException($"Certificate name '{kind}' has no tag."),
        });
        foreach (var extension in certificate.Extensions.Where(extension => extension.Oid?.Value == AlternativeNames))
        {
            foreach (var name in Read(extension.RawData, tag))
            {
                yield return name;
            }
        }
    }

    private static List<string> Read(byte[] extension, Asn1Tag tag)
    {
        List<string> names = [];
        try
        {
            var reader = new AsnReader(extension, AsnEncodingRules.DER).ReadSequence();
            while (reader.HasData)
            {
                if (reader.PeekTag().HasSameClassAndValue(tag))
                {
                    names.Add(reader.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                }
                else
                {
                    reader.ReadEncodedValue();
                }
            }

            return names;
        }
        catch (AsnContentException)
        {
            return [];
        }
    }
}
