using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OzGateway.Hosting;

/// <summary>A certificate with its key and chain, fit to be presented.</summary>
internal sealed class ServerCertificate : IDisposable
{
    private readonly X509Certificate2 _leaf;

    private ServerCertificate(X509Certificate2 leaf, X509Certificate2Collection chain)
    {
        _leaf = leaf;
        // Offline: nothing is fetched from addresses that stand in a certificate.
        Context = SslStreamCertificateContext.Create(leaf, chain, offline: true);
    }

    /// <summary>What a handshake presents.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>When it expires.</summary>
    public DateTimeOffset ExpiresAt => _leaf.NotAfter.ToUniversalTime();

    /// <summary>Loads PEM; null where it cannot be used.</summary>
    /// <param name="certificate">The certificate, then its intermediates.</param>
    /// <param name="key">The private key.</param>
    /// <param name="now">When it must be valid.</param>
    /// <param name="fault">What is wrong.</param>
    public static ServerCertificate? Load(ReadOnlySpan<byte> certificate, ReadOnlySpan<byte> key, DateTimeOffset now, out CertificateFault fault)
    {
        if (ReadChain(certificate) is not { Count: > 0 } chain)
        {
            fault = CertificateFault.Unreadable;
            return null;
        }

        X509Certificate2 leaf = chain[0];
        X509Certificate2? whole = null;
        fault = now < leaf.NotBefore.ToUniversalTime() ? CertificateFault.NotYetValid
            : now >= leaf.NotAfter.ToUniversalTime() ? CertificateFault.Expired
            : WithKey(leaf, key, out whole);
        try
        {
            return fault == CertificateFault.None ? new ServerCertificate(whole!, chain) : null;
        }
        catch (Exception refused) when (refused is CryptographicException or NotSupportedException)
        {
            fault = CertificateFault.Unreadable;
            return null;
        }
    }

    /// <summary>Certificates in PEM; null where it is not PEM.</summary>
    /// <param name="pem">The text.</param>
    public static X509Certificate2Collection? ReadChain(ReadOnlySpan<byte> pem)
    {
        try
        {
            X509Certificate2Collection chain = [];
            chain.ImportFromPem(Encoding.UTF8.GetString(pem));
            return chain;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>What is wrong, as it goes on after a path or a name; no content of a file in it.</summary>
    /// <param name="fault">The fault.</param>
    public static string Complaint(CertificateFault fault) => fault switch
    {
        CertificateFault.Unreadable => "holds no certificate in PEM that can be read. Put the door's own first, then its intermediates",
        CertificateFault.NotYetValid => "holds a certificate that is not valid yet",
        CertificateFault.Expired => "holds a certificate that has expired",
        CertificateFault.KeyUnreadable => "holds no private key in PEM that can be read: RSA or elliptic curve, not encrypted",
        CertificateFault.KeyMismatch => "holds a key that does not belong to the certificate",
        _ => throw new InvalidOperationException($"Certificate fault '{fault}' has no sentence."),
    };

    /// <inheritdoc />
    public void Dispose() => _leaf.Dispose();

    private static CertificateFault WithKey(X509Certificate2 leaf, ReadOnlySpan<byte> pem, out X509Certificate2? whole)
    {
        whole = null;
        using var rsa = RSA.Create();
        using var curve = ECDsa.Create();
        string text = Encoding.UTF8.GetString(pem);
        bool isRsa = TryImport(rsa, text);
        if (!isRsa && !TryImport(curve, text))
        {
            return CertificateFault.KeyUnreadable;
        }

        try
        {
            whole = isRsa ? leaf.CopyWithPrivateKey(rsa) : leaf.CopyWithPrivateKey(curve);
            return CertificateFault.None;
        }
        catch (Exception refused) when (refused is ArgumentException or CryptographicException or NotSupportedException or InvalidOperationException)
        {
            // By the kind of certificate it is one or another of these; a renewal must never end the program.
            return CertificateFault.KeyMismatch;
        }
    }

    private static bool TryImport(AsymmetricAlgorithm key, string pem)
    {
        try
        {
            // A public key would be taken too, and only the handshake would tell.
            key.ImportFromPem(pem);
            return pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal);
        }
        catch (Exception refused) when (refused is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}

/// <summary>Why a certificate cannot be presented.</summary>
internal enum CertificateFault
{
    /// <summary>It can.</summary>
    None,

    /// <summary>No certificate in PEM.</summary>
    Unreadable,

    /// <summary>Begins later.</summary>
    NotYetValid,

    /// <summary>Is over.</summary>
    Expired,

    /// <summary>No private key in PEM.</summary>
    KeyUnreadable,

    /// <summary>The key of another certificate.</summary>
    KeyMismatch,
}
