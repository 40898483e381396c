using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Identity;

/// <summary>A login that publishes its keys, and can change them.</summary>
internal sealed class TokenIssuer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly List<RSA> _keys = [];
    private string _keyId = "";
    private int _asked;

    private TokenIssuer(WebApplication server) => _server = server;

    public Uri KeySet => new(_server.Urls.Single());

    public int Asked => _asked;

    public bool IsAway { get; set; }

    /// <summary>What stands beside the real key in the set.</summary>
    public string OtherKeys { get; set; } = "";

    /// <summary>What is answered in place of a key set.</summary>
    public string? Answer { get; set; }

    public RSA Key => _keys[^1];

    public static async Task<TokenIssuer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var server = builder.Build();
        var issuer = new TokenIssuer(server);
        issuer.Rotate("k1");
        server.Run(issuer.AnswerAsync);
        await server.StartAsync();
        return issuer;
    }

    /// <summary>Signs with a new key from now on, and publishes that one only.</summary>
    public void Rotate(string keyId)
    {
        _keys.Add(RSA.Create(2048));
        _keyId = keyId;
    }

    public string TokenFor(string user, DateTimeOffset now, string? keyId = null, RSA? key = null) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = The.Issuer,
            Audience = The.Audience,
            Claims = new Dictionary<string, object> { ["sub"] = user },
            Expires = now.AddHours(1).UtcDateTime,
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(key ?? Key) { KeyId = keyId ?? _keyId }, SecurityAlgorithms.RsaSha256),
        });

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _keys.ForEach(key => key.Dispose());
    }

    private Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _asked);
        if (Answer is not null)
        {
            return context.Response.WriteAsync(Answer);
        }

        if (IsAway)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        }

        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(Key.ExportParameters(false)));
        return context.Response.WriteAsync($$"""{"keys":[{{OtherKeys}}{"kty":"RSA","kid":"{{_keyId}}","use":"sig","n":"{{key.N}}","e":"{{key.E}}"}]}""");
    }
}
