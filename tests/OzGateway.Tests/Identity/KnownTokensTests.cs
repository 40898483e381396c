using Microsoft.IdentityModel.Tokens;
using OzGateway.Identity;

namespace OzGateway.Tests.Identity;

/// <summary>Tokens that were verified lately: bounded, and whole or not at all.</summary>
public sealed class KnownTokensTests
{
    private static readonly KnownToken Known = new(
        new JwtHead("HS256", null, "alice"), new SymmetricSecurityKey(new byte[32]), DateTime.MinValue, DateTime.MaxValue);

    [Fact]
    public void A_token_is_known_by_all_of_it()
    {
        var tokens = new KnownTokens();
        tokens.Add("head.claims.signature", Known);

        Assert.Same(Known, tokens.Find("head.claims.signature"));
        Assert.Null(tokens.Find("head.claims.signaturf"));
        Assert.Null(tokens.Find("head.claims.signature "));
        Assert.Null(tokens.Find(""));
    }

    [Fact]
    public void What_does_not_come_again_is_forgotten_and_what_does_is_not()
    {
        var tokens = new KnownTokens(size: 4);
        tokens.Add("often", Known);
        tokens.Add("once", Known);
        for (var other = 0; other < 100; other++)
        {
            tokens.Add($"other {other}", Known);
            Assert.Same(Known, tokens.Find("often"));
        }

        Assert.Null(tokens.Find("once"));
        Assert.InRange(Enumerable.Range(0, 100).Count(other => tokens.Find($"other {other}") is not null), 1, 8);
    }
}
