using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using OzGateway.Problems;

namespace OzGateway.Identity;

/// <summary>A configured key of a token issuer, and what may be signed with it.</summary>
/// <param name="Keys">The key, as the one of a set.</param>
/// <param name="Algorithms">Accepted signature algorithms. Never <c>none</c>.</param>
internal sealed record JwtKey(IReadOnlyList<SecurityKey> Keys, IReadOnlyList<string> Algorithms)
{
    /// <summary>The key in a secret, or null where it cannot be used; the errors say why.</summary>
    /// <param name="options">The source as written.</param>
    /// <param name="secret">A PEM public key, or a shared secret.</param>
    /// <param name="path">Where the source stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static JwtKey? Read(JwtClaimOptions options, Secret secret, string path, ConfigurationErrors errors)
    {
        IReadOnlyList<string> algorithms = JwtAlgorithms.Create(options, secret, path, errors);
        return errors.AnyAt(path) ? null : new JwtKey([ReadKey(secret)], algorithms);
    }

    private static SecurityKey ReadKey(Secret secret)
    {
        string text = secret.Reveal();
        if (!text.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            return new SymmetricSecurityKey(secret.Bytes.ToArray());
        }

        // The kind of a public key stands in its bytes, not in its PEM label: the algorithms have read it once before.
        ECDsa elliptic = ECDsa.Create();
        try
        {
            elliptic.ImportFromPem(text);
            return new ECDsaSecurityKey(elliptic);
        }
        catch (CryptographicException)
        {
            elliptic.Dispose();
            RSA rsa = RSA.Create();
            rsa.ImportFromPem(text);
            return new RsaSecurityKey(rsa);
        }
    }
}
