using OzGateway.Identity;
using OzGateway.Problems;

namespace OzGateway.Tests.Identity;

/// <summary>Configured keys of a token issuer, as the policy reads them.</summary>
internal static class TokenKeys
{
    public static WatchedSecrets<JwtKey> Of(string text, params string[] algorithms) => Of(new Secret(System.Text.Encoding.UTF8.GetBytes(text)), algorithms);

    public static WatchedSecrets<JwtKey> Of(Secret secret, params string[] algorithms)
    {
        var options = new JwtClaimOptions { Key = new SecretOptions() };
        var key = JwtKey.Read(options, secret, "key", new ConfigurationErrors())!;
        return new([secret], algorithms.Length == 0 ? key : key with { Algorithms = algorithms }, renewed => JwtKey.Read(options, renewed[0], "key", new ConfigurationErrors()));
    }
}
