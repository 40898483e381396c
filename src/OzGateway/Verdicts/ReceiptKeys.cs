using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OzGateway.Identity;

namespace OzGateway.Verdicts;

/// <summary>The keys of receipts: the first signs, all are published.</summary>
internal sealed class ReceiptKeys
{
    private static readonly string Curve = ECCurve.NamedCurves.nistP256.Oid.Value!;

    private readonly ECDsa _signer;

    private ReceiptKeys(ECDsa signer, IReadOnlyList<ReceiptKey> published) => (_signer, Published) = (signer, published);

    /// <summary>Public halves, the signer's first.</summary>
    public IReadOnlyList<ReceiptKey> Published { get; }

    /// <summary>The keys of a PEM text, or null where it cannot be used.</summary>
    public static ReceiptKeys? Read(Secret secret)
    {
        var (rest, keys) = (secret.Reveal(), new List<ECDsa>());
        try
        {
            while (PemEncoding.TryFind(rest, out var field))
            {
                var label = rest[field.Label];
                // 'openssl ecparam' writes the name of the curve before the key.
                if (label != "EC PARAMETERS")
                {
                    keys.Add(ReadKey(rest[field.Location]));
                }

                rest = rest[field.Location.End..];
            }

            return keys is [var first, ..] && keys.TrueForAll(IsOnTheCurve) && HasPrivateHalf(first) ? new ReceiptKeys(first, [.. keys.Select(Publish)]) : null;
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Signs with ES256: 64 bytes, r and s.</summary>
    public byte[] Sign(byte[] bytes)
    {
        lock (_signer)
        {
            return _signer.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    private static ECDsa ReadKey(string pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return key;
    }

    private static bool IsOnTheCurve(ECDsa key) => key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == Curve;

    private static bool HasPrivateHalf(ECDsa key)
    {
        try
        {
            return key.ExportParameters(includePrivateParameters: true).D is not null;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static ReceiptKey Publish(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var (x, y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        // RFC 7638: the hash of the members that make the key, in the order of their names.
        var name = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));
        return new ReceiptKey(name, x, y);
    }
}

/// <summary>The public half of a key, as JWK.</summary>
/// <param name="Kid">Its thumbprint by RFC 7638.</param>
/// <param name="X">The point, base64url.</param>
/// <param name="Y">The point, base64url.</param>
internal sealed record ReceiptKey(string Kid, string X, string Y)
{
    /// <summary>Kind of key.</summary>
    public string Kty { get; } = "EC";

    /// <summary>Curve.</summary>
    public string Crv { get; } = "P-256";

    /// <summary>Algorithm.</summary>
    public string Alg { get; } = "ES256";

    /// <summary>Use.</summary>
    public string Use { get; } = "sig";
}

/// <summary>A set of keys, as JWKS.</summary>
/// <param name="Keys">The keys.</param>
internal sealed record ReceiptKeySet(IReadOnlyList<ReceiptKey> Keys);
