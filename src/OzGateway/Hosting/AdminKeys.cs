using OzGateway.Identity;
using OzGateway.Telemetry;

namespace OzGateway.Hosting;

/// <summary>The keys of the admin door, as their file is now.</summary>
internal sealed partial class AdminKeys
{
    private readonly RenewedSecret<KeyFile> _keys;

    public AdminKeys(AdminKeyPolicy policy, TimeProvider time, GatewayMetrics metrics, ILogger<AdminKeys> logger) =>
        _keys = new(policy.Secret, policy.Keys, AdminKeyPolicy.Renew, time, taken =>
        {
            metrics.SecretRenewed(SecretKind.AdminKeys, taken);
            if (taken)
            {
                Log.AdminKeysRenewed(logger);
            }
            else
            {
                Log.AdminKeysRejected(logger);
            }
        });

    /// <summary>Name of the key that came along, or null.</summary>
    public string? NameOf(HttpRequest request) => _keys.Value.KeyOf(request)?.Name;

    private static partial class Log
    {
        [LoggerMessage(EventIds.AdminKeysRenewed, LogLevel.Information, "The keys of the admin door have changed and are taken up.", EventName = nameof(AdminKeysRenewed))]
        internal static partial void AdminKeysRenewed(ILogger logger);

        [LoggerMessage(EventIds.AdminKeysRejected, LogLevel.Error, "The keys of the admin door have changed and cannot be used; those before stay valid. 'ozgateway check' says why.", EventName = nameof(AdminKeysRejected))]
        internal static partial void AdminKeysRejected(ILogger logger);
    }
}
