using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OzGateway.Hosting;

/// <summary>Judges the certificate of a client against one reading of the authorities' file.</summary>
/// <param name="policy">What is taken.</param>
/// <param name="authorities">Roots and intermediates.</param>
/// <param name="time">The clock.</param>
internal sealed class ClientCertificateCheck(ClientCertificatePolicy policy, X509Certificate2Collection authorities, TimeProvider time)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string SubjectAlternativeName = "2.5.29.17";
    private const int DnsName = 2;
    private const int Uri = 6;

    private static readonly TimeSpan RevocationPatience = TimeSpan.FromSeconds(5);

    /// <summary>Whether the handshake may go on.</summary>
    /// <param name="certificate">What the client presented, or null.</param>
    /// <param name="presented">What came with it.</param>
    public bool Accepts(X509Certificate? certificate, X509Chain? presented)
    {
        if (certificate is not X509Certificate2 leaf)
        {
            return certificate is null && !policy.IsRequired;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities.Where(ClientCertificatePolicy.IsRoot).ToArray());
        chain.ChainPolicy.ExtraStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange((presented?.ChainElements ?? Enumerable.Empty<X509ChainElement>()).Select(element => element.Certificate).ToArray());
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.RevocationMode = policy.Revocation == RevocationMode.Online ? X509RevocationMode.Online : X509RevocationMode.NoCheck;
        chain.ChainPolicy.RevocationFlag = X509RevocationFlag.ExcludeRoot;
        chain.ChainPolicy.UrlRetrievalTimeout = RevocationPatience;
        chain.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        return chain.Build(leaf) && IsNamed(leaf);
    }

    private bool IsNamed(X509Certificate2 leaf)
    {
        if (policy.Names.Count == 0)
        {
            return true;
        }

        try
        {
            return leaf.Extensions.Where(extension => extension.Oid?.Value == SubjectAlternativeName).SelectMany(NamesIn).Any(IsListed);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private bool IsListed((int Kind, string Text) name) => policy.Names.Any(listed =>
        string.Equals(listed, name.Text, name.Kind == DnsName ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));

    private static List<(int Kind, string Text)> NamesIn(X509Extension extension)
    {
        List<(int, string)> names = [];
        AsnReader all = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
        while (all.HasData)
        {
            Asn1Tag tag = all.PeekTag();
            if (tag.TagClass == TagClass.ContextSpecific && tag.TagValue is DnsName or Uri)
            {
                names.Add((tag.TagValue, all.ReadCharacterString(UniversalTagNumber.IA5String, tag)));
            }
            else
            {
                all.ReadEncodedValue();
            }
        }

        return names;
    }
}
