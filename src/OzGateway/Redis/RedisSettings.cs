using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using StackExchange.Redis;

namespace OzGateway.Redis;

/// <summary>A policy in the words of the client library.</summary>
internal static class RedisSettings
{
    private static readonly TimeSpan ReconnectEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>The settings of a policy.</summary>
    public static ConfigurationOptions Of(RedisPolicy policy, TimeSpan connectTimeout)
    {
        var settings = new ConfigurationOptions
        {
            ClientName = "ozgateway",
            User = policy.User,
            Password = policy.Password?.Reveal(),
            ServiceName = policy.Sentinel,
            Ssl = policy.Tls,
            SslHost = policy.TlsHost,
            SslProtocols = policy.Tls ? SslProtocols.Tls12 | SslProtocols.Tls13 : null,
            DefaultDatabase = policy.Database,
            AbortOnConnectFail = false,
            ConnectRetry = 1,
            ConnectTimeout = (int)connectTimeout.TotalMilliseconds,
            AsyncTimeout = (int)(10 * policy.Timeout).TotalMilliseconds, // ours comes first; this one clears up
            HeartbeatInterval = ReconnectEvery,
            KeepAlive = 5,
            ReconnectRetryPolicy = new LinearRetry((int)ReconnectEvery.TotalMilliseconds),
            BacklogPolicy = BacklogPolicy.FailFast, // what cannot be sent now is decided without Redis
            IncludeDetailInExceptions = false,
            IncludePerformanceCountersInExceptions = false,
        };
        foreach (var address in policy.Addresses)
        {
            settings.EndPoints.Add(address);
        }

        if (policy.Authorities is { } authorities)
        {
            settings.CertificateValidation += (_, certificate, _, errors) => IsIssuedBy(authorities, certificate, errors);
        }

        return settings;
    }

    private static bool IsIssuedBy(X509Certificate2Collection authorities, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var chain = new X509Chain
        {
            ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        return chain.Build(new X509Certificate2(certificate));
    }
}
