using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OzGateway.Identity;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Identity;

/// <summary>Keys that an issuer publishes, and changes.</summary>
public sealed class KeySetTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly HttpClient _http = new();

    [Fact]
    public async Task A_key_set_is_asked_once_for_many_tokens()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        var verifier = Verifier(issuer);
        for (var token = 0; token < 20; token++)
        {
            Assert.Equal($"user {token}", await VerifyAsync(verifier, issuer.TokenFor($"user {token}", _time.GetUtcNow())));
        }

        Assert.Equal(1, issuer.Asked);
    }

    [Fact]
    public async Task A_token_of_a_new_key_is_taken_once_the_issuer_has_published_it()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        var verifier = Verifier(issuer);
        Assert.Equal("alice", await VerifyAsync(verifier, issuer.TokenFor("alice", _time.GetUtcNow())));

        issuer.Rotate("k2");

        Assert.Equal("alice", await UntilFoundAsync(verifier, issuer.TokenFor("alice", _time.GetUtcNow())));
    }

    [Fact]
    public async Task An_issuer_that_goes_away_later_leaves_its_known_key_good()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        var verifier = Verifier(issuer);
        var token = issuer.TokenFor("alice", _time.GetUtcNow());
        Assert.Equal("alice", await VerifyAsync(verifier, token));

        issuer.IsAway = true;
        await VerifyAsync(verifier, issuer.TokenFor("alice", _time.GetUtcNow(), keyId: "unknown", key: RSA.Create(2048)));

        Assert.Equal("alice", await VerifyAsync(verifier, token));
    }

    [Fact]
    public async Task An_issuer_that_was_away_at_first_is_asked_again()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        issuer.IsAway = true;
        var verifier = Verifier(issuer);
        var token = issuer.TokenFor("alice", _time.GetUtcNow());
        Assert.Equal(UserKeyOutcome.Unavailable, (await verifier.VerifyAsync(token, CancellationToken.None)).Outcome);

        issuer.IsAway = false;

        Assert.Equal("alice", await UntilFoundAsync(verifier, token));
    }

    [Theory]
    [InlineData("k1")]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("k1' or '1'='1")]
    public async Task The_key_id_chooses_no_key_that_was_not_published(string keyId)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        using var own = RSA.Create(2048);

        Assert.Null(await VerifyAsync(Verifier(issuer), issuer.TokenFor("alice", _time.GetUtcNow(), keyId, own)));
    }

    [Fact]
    public async Task A_key_in_the_head_of_the_token_is_not_believed()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        using var own = RSA.Create(2048);
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(own.ExportParameters(false)));
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = The.Issuer,
            Audience = The.Audience,
            Claims = new Dictionary<string, object> { ["sub"] = "alice" },
            Expires = _time.GetUtcNow().AddHours(1).UtcDateTime,
            AdditionalHeaderClaims = new Dictionary<string, object>
            {
                ["jwk"] = new Dictionary<string, object> { ["kty"] = "RSA", ["n"] = key.N, ["e"] = key.E },
                ["jku"] = issuer.KeySet.AbsoluteUri,
            },
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(own), SecurityAlgorithms.RsaSha256),
        });

        Assert.Null(await VerifyAsync(Verifier(issuer), token));
    }

    [Fact]
    public async Task The_published_key_is_no_shared_secret()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        byte[][] secrets = [issuer.Key.ExportSubjectPublicKeyInfo(), Encoding.UTF8.GetBytes(issuer.Key.ExportSubjectPublicKeyInfoPem()), issuer.Key.ExportParameters(false).Modulus!];
        foreach (var secret in secrets)
        {
            var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = The.Issuer,
                Audience = The.Audience,
                Claims = new Dictionary<string, object> { ["sub"] = "alice" },
                Expires = _time.GetUtcNow().AddHours(1).UtcDateTime,
                SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(secret) { KeyId = "k1" }, SecurityAlgorithms.HmacSha256),
            });

            Assert.Null(await VerifyAsync(Verifier(issuer), token));
        }
    }

    [Fact]
    public async Task A_shared_secret_in_a_key_set_verifies_nothing()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        issuer.OtherKeys = $$"""{"kty":"oct","kid":"oct","use":"sig","k":"{{Base64UrlEncoder.Encode(The.JwtSecret)}}"},""";

        Assert.Null(await VerifyAsync(Verifier(issuer), Tokens.For("alice", _time.GetUtcNow())));
    }

    [Fact]
    public async Task A_key_for_encryption_verifies_nothing()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        using var other = RSA.Create(2048);
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(other.ExportParameters(false)));
        issuer.OtherKeys = $$"""{"kty":"RSA","kid":"enc","use":"enc","n":"{{key.N}}","e":"{{key.E}}"},""";

        Assert.Null(await VerifyAsync(Verifier(issuer), issuer.TokenFor("alice", _time.GetUtcNow(), "enc", other)));
    }

    public void Dispose() => _http.Dispose();

    private static async Task<string?> VerifyAsync(JwtVerifier verifier, string token) => (await verifier.VerifyAsync(token, CancellationToken.None)).Identifier;

    // A key set is read again beside the calls, not in front of them: the answer comes with one of the next calls.
    private static async Task<string?> UntilFoundAsync(JwtVerifier verifier, string token)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        string? user = null;
        while (user is null && !patience.IsCancellationRequested)
        {
            user = await VerifyAsync(verifier, token);
            await Task.Delay(20);
        }

        return user;
    }

    private JwtVerifier Verifier(TokenIssuer issuer) => new(
        new JwtClaimSource
        {
            Claim = "sub",
            Issuer = The.Issuer,
            Audience = The.Audience,
            Algorithms = ["RS256", "PS256", "ES256"],
            Jwks = issuer.KeySet,
            ClockSkew = TimeSpan.FromSeconds(30),
        },
        new JwtVerifierSettings(_http, _time, NullLogger<JwtVerifier>.Instance));
}
