using System.ComponentModel.DataAnnotations;
using OzGateway.Identity;

namespace OzGateway.Verdicts;

/// <summary>Signed receipts of verdicts: JWS with ES256.</summary>
internal sealed class ReceiptOptions
{
    /// <summary>PEM with keys of the curve P-256, one after another: the first private key signs, all are published at <c>/.well-known/jwks.json</c>; a retired one may stay as a public key. A changed file is taken up while running.</summary>
    [Required]
    public SecretOptions? Keys { get; set; }

    /// <summary>Who signs: the claim <c>iss</c>.</summary>
    /// <value>ozgateway</value>
    public string? Issuer { get; set; }
}
