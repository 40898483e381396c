using System.Security.Cryptography;
using OzGateway.Problems;

namespace OzGateway.Identity;

/// <summary>Which signature algorithms fit a key.</summary>
internal static class JwtAlgorithms
{
    /// <summary>Shortest RSA key in bits.</summary>
    public const int MinRsaBits = 2048;

    private static readonly string[] Known =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "HS256", "HS384", "HS512"];

    /// <summary>The written algorithms, or those that are the default for the kind of key. Errors where they do not fit the key.</summary>
    /// <param name="options">The source as written.</param>
    /// <param name="key">Its key, if it has one.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static IReadOnlyList<string> Create(JwtClaimOptions options, Secret? key, string path, ConfigurationErrors errors)
    {
        string[] fitting = options.Key is null ? ["RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512"]
            : key is null ? Known
            : OfKey(key, $"{path}.key", errors);
        if (options.Algorithms is null)
        {
            return [.. fitting.Where(algorithm => algorithm.EndsWith("256", StringComparison.Ordinal) || fitting.Length == 1)];
        }

        Check(options.Algorithms, fitting, $"{path}.algorithms", errors);
        return options.Algorithms;
    }

    private static void Check(List<string> algorithms, string[] fitting, string path, ConfigurationErrors errors)
    {
        if (algorithms.Count == 0)
        {
            errors.Add(path, ConfigurationCode.OutOfRange, "is empty. Leave it out for the default of the key.");
        }

        for (int index = 0; index < algorithms.Count; index++)
        {
            string at = $"{path}[{index}]";
            if (algorithms[index].Equals("none", StringComparison.OrdinalIgnoreCase))
            {
                errors.Add(at, ConfigurationCode.BadAlgorithms, "is 'none': a token without a signature proves nothing.");
            }
            else if (!Known.Contains(algorithms[index], StringComparer.Ordinal))
            {
                errors.Add(at, ConfigurationCode.UnknownWord, $"is not an algorithm. Allowed: {string.Join(", ", Known)}.");
            }
            else if (fitting.Length > 0 && !fitting.Contains(algorithms[index], StringComparer.Ordinal))
            {
                errors.Add(at, ConfigurationCode.BadAlgorithms, $"is {algorithms[index]}, which does not fit this key. Fitting: {string.Join(", ", fitting)}.");
            }
        }
    }

    private static string[] OfKey(Secret key, string path, ConfigurationErrors errors)
    {
        string text = key.Reveal();
        if (!text.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            return OfSecret(key, path, errors);
        }

        if (text.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            return Refuse(path, "is a private key. The gateway needs the public key only: 'openssl pkey -pubout' makes it.", errors);
        }

        return OfEllipticCurve(text) ?? OfRsa(text, path, errors) ?? Refuse(path, "is not a PEM public key of RSA or an elliptic curve (BEGIN PUBLIC KEY).", errors);
    }

    private static string[] OfSecret(Secret key, string path, ConfigurationErrors errors)
    {
        if (key.Bytes.Length < GatewayKeys.MinSecretBytes)
        {
            return Refuse(path, $"has {key.Bytes.Length} bytes. A shared secret needs at least {GatewayKeys.MinSecretBytes}.", errors);
        }

        return key.Bytes.Length switch { >= 64 => ["HS256", "HS384", "HS512"], >= 48 => ["HS256", "HS384"], _ => ["HS256"] };
    }

    private static string[]? OfEllipticCurve(string pem)
    {
        using ECDsa curve = ECDsa.Create();
        if (!TryImport(curve, pem))
        {
            return null;
        }

        return curve.KeySize switch { 256 => ["ES256"], 384 => ["ES384"], 521 => ["ES512"], _ => null };
    }

    private static string[]? OfRsa(string pem, string path, ConfigurationErrors errors)
    {
        using RSA rsa = RSA.Create();
        if (!TryImport(rsa, pem))
        {
            return null;
        }

        return rsa.KeySize >= MinRsaBits ? ["RS256", "PS256", "RS384", "PS384", "RS512", "PS512"] : Refuse(path, $"is an RSA key of {rsa.KeySize} bits. At least {MinRsaBits} are needed.", errors);
    }

    private static bool TryImport(AsymmetricAlgorithm algorithm, string pem)
    {
        try
        {
            algorithm.ImportFromPem(pem);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            return false;
        }
    }

    private static string[] Refuse(string path, string message, ConfigurationErrors errors)
    {
        errors.Add(path, ConfigurationCode.SecretUnusable, message);
        return [];
    }
}
