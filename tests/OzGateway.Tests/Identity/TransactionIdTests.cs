using OzGateway.Identity;

namespace OzGateway.Tests.Identity;

/// <summary>Ids and tickets prove themselves, and nothing like them does.</summary>
public sealed class TransactionIdTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly GatewayKeys Keys = GatewayKeys.Ephemeral();
    private static readonly UserKey Alice = UserKey.OfIdentifier(Keys, "alice");
    private static readonly UserKey Bob = UserKey.OfIdentifier(Keys, "bob");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 34, 56, TimeSpan.Zero);

    [Fact]
    public void An_id_has_its_form_its_minute_and_its_user()
    {
        var id = TransactionId.Issue(Keys, Alice, Now);

        Assert.Matches("^oz1_[A-Za-z0-9_-]{38}$", id.Text);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 12, 34, 0, TimeSpan.Zero), id.IssuedAt);
        Assert.True(TransactionId.TryParse(id.Text, out var parsed));
        Assert.Equal(id, parsed);
        Assert.True(parsed.IsIssuedTo(Keys, Alice));
        Assert.False(parsed.IsIssuedTo(Keys, Bob));
        Assert.False(parsed.IsIssuedTo(GatewayKeys.Ephemeral(), Alice));
        Assert.Equal("[transaction]", $"{id}");
    }

    [Fact]
    public void Any_changed_character_is_another_id_or_none()
    {
        var text = TransactionId.Issue(Keys, Alice, Now).Text;
        for (var at = 0; at < text.Length; at++)
        {
            foreach (var other in Alphabet.Where(character => character != text[at]))
            {
                var changed = text[..at] + other + text[(at + 1)..];

                Assert.False(TransactionId.TryParse(changed, out var id) && id.IsIssuedTo(Keys, Alice), changed);
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("oz1_")]
    [InlineData("oz2_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("oz1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA ")]
    [InlineData("oz1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("oz1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("oz1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\u00C4")]
    public void What_has_not_the_form_is_none(string? text) => Assert.False(TransactionId.TryParse(text, out _));

    [Fact]
    public void A_ticket_is_read_back_until_it_is_over()
    {
        var ticket = new Ticket(Alice, TransactionId.Issue(Keys, Alice, Now), "https://bank.example", Now.AddHours(1));
        var text = ticket.Sign(Keys);

        Assert.True(Ticket.TryVerify(Keys, text, Now, "https://bank.example", out var read, out var sameOrigin));
        Assert.Equal((Alice, ticket.Transaction, true), (read.User, read.Transaction, sameOrigin));
        Assert.True(Ticket.TryVerify(Keys, text, Now, "https://evil.example", out _, out var otherOrigin));
        Assert.False(otherOrigin);
        Assert.True(Ticket.TryVerify(Keys, text, Now, null, out _, out var noOrigin));
        Assert.True(noOrigin); // a navigation or a GET of the same site names none
        Assert.False(Ticket.TryVerify(Keys, text, Now.AddHours(1), null, out _, out _));
        Assert.False(Ticket.TryVerify(GatewayKeys.Ephemeral(), text, Now, null, out _, out _));
        Assert.Equal("[ticket]", $"{ticket}");
    }
}
