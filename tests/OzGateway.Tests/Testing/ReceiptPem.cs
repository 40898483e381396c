using System.Security.Cryptography;

namespace OzGateway.Tests.Testing;

/// <summary>Files of keys that sign receipts.</summary>
internal static class ReceiptPem
{
    /// <summary>A file of so many fresh keys.</summary>
    public static string Of(int keys) => string.Join('\n', Enumerable.Range(0, keys).Select(_ => Private(ECCurve.NamedCurves.nistP256)));

    /// <summary>A private key of a curve.</summary>
    public static string Private(ECCurve curve)
    {
        using var key = ECDsa.Create(curve);
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    /// <summary>The public half of a private key.</summary>
    public static string Public(string pem)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return key.ExportSubjectPublicKeyInfoPem() + "\n";
    }
}
