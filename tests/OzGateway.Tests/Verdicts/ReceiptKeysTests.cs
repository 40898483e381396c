using System.Security.Cryptography;
using System.Text;
using OzGateway.Identity;
using OzGateway.Tests.Testing;
using OzGateway.Verdicts;

namespace OzGateway.Tests.Verdicts;

/// <summary>Files of keys that sign receipts.</summary>
public sealed class ReceiptKeysTests
{
    [Fact]
    public void The_first_key_signs_and_all_are_published()
    {
        var (first, second) = (ReceiptPem.Of(1), ReceiptPem.Of(1));

        var keys = ReceiptKeys.Read(Secret(first + ReceiptPem.Public(second)))!;

        Assert.Equal(2, keys.Published.Select(key => key.Kid).Distinct().Count());
        using var signer = ECDsa.Create();
        signer.ImportFromPem(first);
        Assert.True(signer.VerifyData("said"u8, keys.Sign("said"u8.ToArray()), HashAlgorithmName.SHA256));
    }

    [Fact]
    public void A_key_as_openssl_ecparam_writes_it_is_read()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.NotNull(ReceiptKeys.Read(Secret("-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + key.ExportECPrivateKeyPem())));
    }

    [Fact]
    public void What_cannot_sign_with_ES256_is_no_file_of_keys()
    {
        using var rsa = RSA.Create(2048);
        string[] unfit =
        [
            "nothing", ReceiptPem.Public(ReceiptPem.Of(1)), ReceiptPem.Private(ECCurve.NamedCurves.nistP384), rsa.ExportPkcs8PrivateKeyPem(),
            ReceiptPem.Of(1) + rsa.ExportPkcs8PrivateKeyPem(), ReceiptPem.Of(1) + ReceiptPem.Private(ECCurve.NamedCurves.nistP521),
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        ];

        Assert.All(unfit, text => Assert.Null(ReceiptKeys.Read(Secret(text))));
    }

    private static Secret Secret(string text) => new(Encoding.ASCII.GetBytes(text));
}
