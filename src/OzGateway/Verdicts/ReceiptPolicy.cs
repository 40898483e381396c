using OzGateway.Identity;
using OzGateway.Problems;

namespace OzGateway.Verdicts;

/// <summary>Signed receipts.</summary>
/// <param name="Keys">Keys at start; null only where their file was absent and the configuration is merely checked.</param>
/// <param name="Secret">Where they stand.</param>
/// <param name="Issuer">The claim <c>iss</c>. Default <c>ozgateway</c>.</param>
internal sealed record ReceiptPolicy(ReceiptKeys? Keys, Secret? Secret, string Issuer)
{
    /// <summary>The policy that the options mean.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="secrets">Fetches secrets.</param>
    /// <param name="errors">Where errors go.</param>
    public static ReceiptPolicy Create(ReceiptOptions options, string path, SecretReader secrets, ConfigurationErrors errors)
    {
        Secret? secret = errors.Require(options.Keys, $"{path}.keys", "{ from_file: /run/secrets/receipt_keys.pem }") is { } written ? secrets(written, $"{path}.keys") : null;
        ReceiptKeys? keys = secret is null ? null : ReceiptKeys.Read(secret);
        if (secret is not null && keys is null)
        {
            errors.Add($"{path}.keys", ConfigurationCode.SecretUnusable, "is not PEM with keys of the curve P-256, a private one first. 'openssl ecparam -name prime256v1 -genkey -noout' makes one.");
        }

        if (options.Issuer is { } issuer && !TextShapes.IsPlain(issuer))
        {
            errors.Add($"{path}.issuer", ConfigurationCode.BadText, "must be 1 to 256 characters without control characters.");
        }

        return new ReceiptPolicy(keys, secret, options.Issuer ?? "ozgateway");
    }
}
