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

    public static TheoryData<string> BadTokens =>
    [
        "", "x", "a.b", "a.b.c", "a.b.c.d.e", "....", "none", "wrong-secret", "wrong-issuer", "no-issuer", "wrong-audience", "no-audience", "expired", "no-expiry",
        "not-yet", "no-claim", "empty-claim", "array-claim", "hs512", "cut-signature", "no-signature", "changed-payload", "huge", "public-key-as-secret",
    ];

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task A_bad_token_names_nobody(string kind)
    {
        var (outcome, identifier) = await Verifier(Source()).VerifyAsync(Make(kind), CancellationToken.None);

        Assert.Equal((UserKeyOutcome.Missing, null), (outcome, identifier));
    }

    [Fact]
    public async Task A_good_token_names_its_user_until_it_expires()
    {
        var verifier = Verifier(Source());
        var token = Tokens.For("alice", _time.GetUtcNow());

        Assert.Equal(new VerifiedToken(UserKeyOutcome.Found, "alice"), await verifier.VerifyAsync(token, CancellationToken.None));
        _time.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(29));
        Assert.Equal(new VerifiedToken(UserKeyOutcome.Found, "alice"), await verifier.VerifyAsync(token, CancellationToken.None)); // within the clock skew
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(UserKeyOutcome.Missing, (await verifier.VerifyAsync(token, CancellationToken.None)).Outcome);
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

    private string Make(string kind)
    {
        var good = Tokens.For("alice", _time.GetUtcNow());
        var parts = good.Split('.');
        return kind switch
        {
            "none" => $"{Part("""{"alg":"none"}""")}.{parts[1]}.",
            "wrong-secret" => Tokens.For("alice", _time.GetUtcNow(), secret: "another secret of 32 bytes or more than that"),
            "wrong-issuer" => Tokens.For("alice", _time.GetUtcNow(), issuer: "https://evil.example"),
            "no-issuer" => Sign(Hmac(), "HS256", token => token.Issuer = null),
            "wrong-audience" => Tokens.For("alice", _time.GetUtcNow(), audience: "other"),
            "no-audience" => Sign(Hmac(), "HS256", token => token.Audience = null),
            "expired" => Tokens.For("alice", _time.GetUtcNow().AddHours(-25)),
            "no-expiry" => Sign(Hmac(), "HS256", token => token.Expires = null),
            "not-yet" => Sign(Hmac(), "HS256", token => token.NotBefore = _time.GetUtcNow().AddMinutes(1).UtcDateTime),
            "no-claim" => Sign(Hmac(), "HS256", token => token.Claims.Remove("sub")),
            "empty-claim" => Sign(Hmac(), "HS256", token => token.Claims["sub"] = ""),
            "array-claim" => Sign(Hmac(), "HS256", token => token.Claims["sub"] = new[] { "alice", "bob" }),
            "hs512" => Sign(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(The.JwtSecret + new string('x', 64))), "HS512"),
            "cut-signature" => good[..^4],
            "no-signature" => $"{parts[0]}.{parts[1]}.",
            "changed-payload" => $"{parts[0]}.{Part("""{"sub":"bob"}""")}.{parts[2]}",
            "huge" => good + new string('A', 20_000),
            "public-key-as-secret" => Sign(new SymmetricSecurityKey(_rsa.ExportSubjectPublicKeyInfo()), "HS256"),
            _ => kind,
        };
    }

    private static SymmetricSecurityKey Hmac() => new(Encoding.UTF8.GetBytes(The.JwtSecret));

    private string Sign(SecurityKey key, string algorithm, Action<SecurityTokenDescriptor>? change = null)
    {
        var token = new SecurityTokenDescriptor
        {
            Issuer = The.Issuer,
            Audience = The.Audience,
            Claims = new Dictionary<string, object> { ["sub"] = "alice" },
            Expires = _time.GetUtcNow().AddHours(1).UtcDateTime,
            SigningCredentials = new SigningCredentials(key, algorithm),
        };
        change?.Invoke(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    private static string Part(string json) => Base64UrlEncoder.Encode(json);
}
