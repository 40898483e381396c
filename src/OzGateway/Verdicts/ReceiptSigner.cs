using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using OzGateway.Identity;
using OzGateway.Telemetry;

namespace OzGateway.Verdicts;

/// <summary>Signs verdicts: JWS in its compact form, ES256.</summary>
internal sealed partial class ReceiptSigner
{
    private readonly RenewedSecret<ReceiptKeys> _keys;
    private readonly string _issuer;
    private readonly TimeProvider _time;

    public ReceiptSigner(ReceiptPolicy policy, TimeProvider time, GatewayMetrics metrics, ILogger<ReceiptSigner> logger)
    {
        (_issuer, _time) = (policy.Issuer, time);
        _keys = new RenewedSecret<ReceiptKeys>(policy.Secret, policy.Keys!, ReceiptKeys.Read, time, taken =>
        {
            metrics.SecretRenewed(SecretKind.ReceiptKeys, taken);
            if (taken)
            {
                Log.ReceiptKeysRenewed(logger);
            }
            else
            {
                Log.ReceiptKeysRejected(logger);
            }
        });
    }

    /// <summary>What verifies receipts.</summary>
    public ReceiptKeySet Published => new(_keys.Value.Published);

    /// <summary>Signs a verdict for a caller.</summary>
    /// <param name="verdict">The verdict, as far as the caller may see it.</param>
    /// <param name="caller">Name of the credential.</param>
    /// <param name="user">Whose check it was.</param>
    public string Sign(Verdict verdict, string caller, UserKey user)
    {
        var keys = _keys.Value;
        var head = new ReceiptHead("ES256", keys.Published[0].Kid, "ozgateway-receipt+jwt");
        var claims = new ReceiptClaims
        {
            Iss = _issuer,
            Aud = caller,
            Sub = verdict.TransactionId,
            Iat = _time.GetUtcNow().ToUnixTimeSeconds(),
            Jti = verdict.SupportRef!,
            User = user.Pseudonym,
            Verdict = verdict,
        };
        var signed = $"{Encode(JsonSerializer.SerializeToUtf8Bytes(head, VerdictJson.Default.ReceiptHead))}.{Encode(JsonSerializer.SerializeToUtf8Bytes(claims, VerdictJson.Default.ReceiptClaims))}";
        return $"{signed}.{Encode(keys.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private static partial class Log
    {
        [LoggerMessage(EventIds.ReceiptKeysRenewed, LogLevel.Information, "The keys of receipts have changed and are taken up.", EventName = nameof(ReceiptKeysRenewed))]
        internal static partial void ReceiptKeysRenewed(ILogger logger);

        [LoggerMessage(EventIds.ReceiptKeysRejected, LogLevel.Error, "The keys of receipts have changed and cannot be used; those before stay in use. 'ozgateway check' says why.", EventName = nameof(ReceiptKeysRejected))]
        internal static partial void ReceiptKeysRejected(ILogger logger);
    }
}

/// <summary>Head of a receipt.</summary>
/// <param name="Alg">Algorithm.</param>
/// <param name="Kid">Which key signed.</param>
/// <param name="Typ">What it is.</param>
internal sealed record ReceiptHead(string Alg, string Kid, string Typ);

/// <summary>What a receipt says.</summary>
internal sealed record ReceiptClaims
{
    /// <summary>Who signed.</summary>
    public required string Iss { get; init; }

    /// <summary>Name of the credential it was given to.</summary>
    public required string Aud { get; init; }

    /// <summary>The transaction.</summary>
    public required string Sub { get; init; }

    /// <summary>When it was signed, UNIX seconds.</summary>
    public required long Iat { get; init; }

    /// <summary>What logs call the transaction: there is one receipt of each.</summary>
    public required string Jti { get; init; }

    /// <summary>The user, as Oz knows it.</summary>
    public required string User { get; init; }

    /// <summary>The verdict, as far as the credential may see it.</summary>
    public required Verdict Verdict { get; init; }
}
