using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OzGateway.Identity;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Identity;

/// <summary>A token names a user only when everything about it is right.</summary>
public sealed class JwtVerifierTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly HttpClient _http = new();
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _elliptic = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static TheoryData<string> Kinds => [.. BadTokens.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_bad_token_names_nobody(string kind)
    {
        Assert.Equal(IdentifierResult.Missing, await Verifier(Source()).VerifyAsync(BadTokens.Make(kind, _time.GetUtcNow()), CancellationToken.None));
    }

    [Fact]
    public async Task A_good_token_names_its_user_until_it_expires()
    {
        var verifier = Verifier(Source());
        var token = Tokens.For("alice", _time.GetUtcNow());

        Assert.Equal("alice", (await verifier.VerifyAsync(token, CancellationToken.None)).Identifier);
        _time.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(29));
        Assert.Equal("alice", (await verifier.VerifyAsync(token, CancellationToken.None)).Identifier); // within the clock skew
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(UserKeyOutcome.Missing, (await verifier.VerifyAsync(token, CancellationToken.None)).Outcome);
    }

    [Fact]
    public async Task A_token_that_was_verified_vouches_for_no_other()
    {
        var verifier = Verifier(Source());
        var token = Tokens.For("alice", _time.GetUtcNow());
        var other = Tokens.For("bob", _time.GetUtcNow()).Split('.')[1];
        Assert.Equal("alice", (await verifier.VerifyAsync(token, CancellationToken.None)).Identifier);

        var forged = string.Join('.', token.Split('.')[0], other, token.Split('.')[2]);
        Assert.Equal(IdentifierResult.Missing, await verifier.VerifyAsync(forged, CancellationToken.None));
        Assert.Equal(IdentifierResult.Missing, await verifier.VerifyAsync(token + "A", CancellationToken.None));
        Assert.Equal("alice", (await verifier.VerifyAsync(token, CancellationToken.None)).Identifier);
    }

    [Fact]
    public async Task Public_keys_verify_and_are_no_shared_secret()
    {
        var rsa = Source() with { Key = Pem(_rsa.ExportSubjectPublicKeyInfoPem()), Algorithms = ["RS256"] };
        var elliptic = Source() with { Key = Pem(_elliptic.ExportSubjectPublicKeyInfoPem()), Algorithms = ["ES256"] };

        Assert.Equal("alice", (await Verifier(rsa).VerifyAsync(Sign(new RsaSecurityKey(_rsa), "RS256"), CancellationToken.None)).Identifier);
        Assert.Equal("alice", (await Verifier(elliptic).VerifyAsync(Sign(new ECDsaSecurityKey(_elliptic), "ES256"), CancellationToken.None)).Identifier);
        var confused = Sign(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem())), "HS256");
        Assert.Null((await Verifier(rsa).VerifyAsync(confused, CancellationToken.None)).Identifier);
        Assert.Null((await Verifier(rsa with { Algorithms = ["RS256", "HS256"] }).VerifyAsync(confused, CancellationToken.None)).Identifier);
    }

    [Fact]
    public async Task A_key_set_is_fetched_and_an_issuer_that_is_away_is_said()
    {
        var key = new RsaSecurityKey(_rsa) { KeyId = "k1" };
        var jwk = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(_rsa.ExportParameters(false)) { KeyId = "k1" });
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        await using var issuer = builder.Build();
        issuer.Run(context => context.Response.WriteAsync($$"""{"keys":[{"kty":"RSA","kid":"k1","use":"sig","n":"{{jwk.N}}","e":"{{jwk.E}}"}]}"""));
        await issuer.StartAsync();
        var source = Source() with { Key = null, Jwks = new Uri(issuer.Urls.Single()), Algorithms = ["RS256"] };
        var away = source with { Jwks = new Uri("http://127.0.0.1:1/jwks") };

        Assert.Equal("alice", (await Verifier(source).VerifyAsync(Sign(key, "RS256"), CancellationToken.None)).Identifier);
        Assert.Equal(UserKeyOutcome.Missing, (await Verifier(source).VerifyAsync(Sign(new RsaSecurityKey(RSA.Create(2048)) { KeyId = "k2" }, "RS256"), CancellationToken.None)).Outcome);
        Assert.Equal(UserKeyOutcome.Unavailable, (await Verifier(away).VerifyAsync(Sign(key, "RS256"), CancellationToken.None)).Outcome);
    }

    public void Dispose()
    {
        _http.Dispose();
        _rsa.Dispose();
        _elliptic.Dispose();
    }

    private static JwtClaimSource Source() => new()
    {
        Claim = "sub",
        Issuer = The.Issuer,
        Audience = The.Audience,
        Algorithms = ["HS256"],
        Key = new Secret(Encoding.UTF8.GetBytes(The.JwtSecret)),
        ClockSkew = TimeSpan.FromSeconds(30),
    };

    private static Secret Pem(string text) => new(Encoding.UTF8.GetBytes(text));

    private JwtVerifier Verifier(JwtClaimSource source) => new(source, new JwtVerifierSettings(_http, _time, NullLogger<JwtVerifier>.Instance));

    private string Sign(SecurityKey key, string algorithm) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = The.Issuer,
            Audience = The.Audience,
            Claims = new Dictionary<string, object> { ["sub"] = "alice" },
            Expires = _time.GetUtcNow().AddHours(1).UtcDateTime,
            SigningCredentials = new SigningCredentials(key, algorithm),
        });
}
