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
    // Between two questions at an issuer.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly HttpClient _http = new() { MaxResponseContentBufferSize = KeySet.MaxBytes };

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
        _time.Advance(Pause);

        Assert.Equal("alice", await VerifyAsync(verifier, issuer.TokenFor("alice", _time.GetUtcNow())));
    }

    [Fact]
    public async Task An_issuer_that_goes_away_later_leaves_its_known_key_good()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        var verifier = Verifier(issuer);
        var token = issuer.TokenFor("alice", _time.GetUtcNow());
        Assert.Equal("alice", await VerifyAsync(verifier, token));

        issuer.IsAway = true;
        _time.Advance(Pause);
        await VerifyAsync(verifier, issuer.TokenFor("alice", _time.GetUtcNow(), keyId: "unknown", key: RSA.Create(2048)));

        Assert.Equal(2, issuer.Asked);
        Assert.Equal("alice", await VerifyAsync(verifier, token));
    }

    [Fact]
    public async Task Known_keys_outlive_an_outage_for_the_grace_and_no_longer()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        var verifier = Verifier(issuer);
        await VerifyAsync(verifier, issuer.TokenFor("alice", _time.GetUtcNow()));

        issuer.IsAway = true;
        _time.Advance(TimeSpan.FromHours(25));
        Assert.Equal("alice", await VerifyAsync(verifier, issuer.TokenFor("alice", _time.GetUtcNow())));
        _time.Advance(TimeSpan.FromSeconds(1));
        var late = await verifier.VerifyAsync(issuer.TokenFor("alice", _time.GetUtcNow()), CancellationToken.None);

        Assert.Equal(UserKeyOutcome.Unavailable, late.Outcome);
    }

    [Fact]
    public async Task A_key_that_is_no_longer_published_ends_with_the_next_fetch()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        var verifier = Verifier(issuer);
        var old = issuer.Key;
        await VerifyAsync(verifier, issuer.TokenFor("alice", _time.GetUtcNow()));

        issuer.Rotate("k2");
        _time.Advance(Pause);
        await VerifyAsync(verifier, issuer.TokenFor("alice", _time.GetUtcNow()));

        Assert.Null(await VerifyAsync(verifier, issuer.TokenFor("alice", _time.GetUtcNow(), "k1", old)));
    }

    [Fact]
    public async Task A_token_that_was_verified_before_ends_with_its_key()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        var verifier = Verifier(issuer);
        var token = issuer.TokenFor("alice", _time.GetUtcNow());
        Assert.Equal("alice", await VerifyAsync(verifier, token));
        Assert.Equal("alice", await VerifyAsync(verifier, token));

        issuer.Rotate("k1"); // the same name, another key
        _time.Advance(Pause);
        await VerifyAsync(verifier, issuer.TokenFor("alice", _time.GetUtcNow(), keyId: "unknown"));

        Assert.Equal(2, issuer.Asked);
        Assert.Null(await VerifyAsync(verifier, token));
    }

    [Fact]
    public async Task Tokens_of_unknown_keys_make_no_storm_of_questions()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        var verifier = Verifier(issuer);
        using var own = RSA.Create(2048);
        for (var round = 1; round <= 3; round++)
        {
            var tokens = Enumerable.Range(0, 20).Select(number => issuer.TokenFor("alice", _time.GetUtcNow(), $"key {number}", own)).ToList();
            Assert.All(await Task.WhenAll(tokens.Select(token => VerifyAsync(verifier, token))), Assert.Null);

            Assert.Equal(round, issuer.Asked);
            _time.Advance(Pause);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>down for maintenance</html>")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}""")]
    [InlineData("too large")]
    public async Task A_key_set_that_cannot_be_read_is_an_issuer_that_is_away(string answer)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        issuer.Answer = answer == "too large" ? $$"""{"keys":[],"padding":"{{new string('x', KeySet.MaxBytes)}}"}""" : answer;

        var result = await Verifier(issuer).VerifyAsync(issuer.TokenFor("alice", _time.GetUtcNow()), CancellationToken.None);

        Assert.Equal(UserKeyOutcome.Unavailable, result.Outcome);
    }

    [Fact]
    public async Task A_key_published_for_one_algorithm_verifies_no_other()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        using var other = RSA.Create(2048);
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(other.ExportParameters(false)));
        issuer.OtherKeys = $$"""{"kty":"RSA","kid":"ps","use":"sig","alg":"PS256","n":"{{key.N}}","e":"{{key.E}}"},""";

        Assert.Null(await VerifyAsync(Verifier(issuer), issuer.TokenFor("alice", _time.GetUtcNow(), "ps", other)));
    }

    [Fact]
    public async Task A_published_key_that_is_too_short_verifies_nothing()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        using var small = RSA.Create(1024);
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(small.ExportParameters(false)));
        issuer.OtherKeys = $$"""{"kty":"RSA","kid":"small","use":"sig","n":"{{key.N}}","e":"{{key.E}}"},""";

        Assert.Null(await VerifyAsync(Verifier(issuer), issuer.TokenFor("alice", _time.GetUtcNow(), "small", small)));
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
        Assert.Equal(UserKeyOutcome.Unavailable, (await verifier.VerifyAsync(token, CancellationToken.None)).Outcome);
        Assert.Equal(1, issuer.Asked);
        _time.Advance(Pause);

        Assert.Equal("alice", await VerifyAsync(verifier, token));
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

    private JwtVerifier Verifier(TokenIssuer issuer) => new(
        new JwtClaimSource
        {
            Claim = "sub",
            Issuer = The.Issuer,
            Audience = The.Audience,
            KeySetAlgorithms = ["RS256", "PS256", "ES256"],
            Jwks = issuer.KeySet,
            ClockSkew = TimeSpan.FromSeconds(30),
        },
        new JwtVerifierSettings(_http, _time, NullLogger<JwtVerifier>.Instance));
}
