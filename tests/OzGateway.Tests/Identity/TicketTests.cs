using System.Buffers.Text;
using CsCheck;
using OzGateway.Identity;

namespace OzGateway.Tests.Identity;

/// <summary>A ticket proves itself, for one origin, until it is over; and nothing like it does.</summary>
public sealed class TicketTests
{
    private const string Bank = "https://bank.example";

    private static readonly GatewayKeys Keys = GatewayKeys.Ephemeral();
    private static readonly UserKey Alice = UserKey.OfIdentifier(Keys, "alice");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 34, 56, TimeSpan.Zero);
    private static readonly string Text = Make().Sign(Keys);

    [Fact]
    public void A_ticket_with_any_bit_of_its_bytes_flipped_is_none()
    {
        var bytes = Base64Url.DecodeFromChars(Text);
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(IsTicket(Base64Url.EncodeToString(bytes)), $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(IsTicket(Base64Url.EncodeToString(bytes)));
    }

    [Fact]
    public void A_ticket_with_any_bit_of_its_text_flipped_is_none()
    {
        for (var at = 0; at < Text.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                Assert.False(IsTicket($"{Text[..at]}{(char)(Text[at] ^ (1 << bit))}{Text[(at + 1)..]}"), $"character {at}, bit {bit}");
            }
        }
    }

    [Fact]
    public void A_ticket_cut_or_lengthened_anywhere_is_none()
    {
        for (var at = 0; at <= Text.Length; at++)
        {
            Assert.True(at == Text.Length || !IsTicket(Text[..at]), $"cut at {at}");
            Assert.False(IsTicket(Text.Insert(at, "A")), $"lengthened at {at}");
        }
    }

    [Fact]
    public void No_text_of_a_tickets_length_is_a_ticket() => Gen.Char["ABab01-_"].Array[Ticket.TextLength].Sample(letters => !IsTicket(new string(letters)));

    [Fact]
    public void A_ticket_is_for_the_origin_it_was_issued_to()
    {
        foreach (var other in (string[])["https://evil.example", "http://bank.example", "https://bank.example:8443", "https://BANK.example", "https://bank.example.evil.example"])
        {
            Assert.True(Ticket.TryVerify(Keys, Text, Now, other, out _, out var matches));
            Assert.False(matches, other);
        }
    }

    [Fact]
    public void After_a_rotation_old_tickets_are_read_while_the_old_secret_stands_in_the_list()
    {
        Secret old = new("the old secret of thirty-two bytes or more"u8), next = new("the next secret of thirty-two bytes or more"u8);
        var before = GatewayKeys.From(old);
        var user = UserKey.OfIdentifier(before, "alice");
        var ticket = new Ticket(user, TransactionId.Issue(before, user, Now), Bank, Now.AddHours(1));
        var text = ticket.Sign(before);

        Assert.True(Ticket.TryVerify(GatewayKeys.From(next, old), text, Now, Bank, out var read, out var sameOrigin));
        Assert.True(sameOrigin);
        Assert.True(UserKey.OfIdentifier(GatewayKeys.From(next, old), "alice").Includes(read.User));
        Assert.False(UserKey.OfIdentifier(GatewayKeys.From(next, old), "bob").Includes(read.User));
        Assert.True(Ticket.TryVerify(GatewayKeys.From(next, old), text, Now, "https://evil.example", out _, out var otherOrigin));
        Assert.False(otherOrigin);
        Assert.False(Ticket.TryVerify(GatewayKeys.From(next), text, Now, Bank, out _, out _));
        Assert.False(Ticket.TryVerify(before, ticket.Sign(GatewayKeys.From(next, old)), Now, Bank, out _, out _)); // nothing new is signed with the old one
    }

    [Fact]
    public void After_a_rotation_old_ids_are_their_users_while_the_old_secret_stands_in_the_list()
    {
        Secret old = new("the old secret of thirty-two bytes or more"u8), next = new("the next secret of thirty-two bytes or more"u8);
        var id = TransactionId.Issue(GatewayKeys.From(old), UserKey.OfIdentifier(GatewayKeys.From(old), "alice"), Now);
        GatewayKeys during = GatewayKeys.From(next, old), after = GatewayKeys.From(next);

        Assert.True(id.IsIssuedTo(during, UserKey.OfIdentifier(during, "alice")));
        Assert.False(id.IsIssuedTo(during, UserKey.OfIdentifier(during, "bob")));
        Assert.False(id.IsIssuedTo(after, UserKey.OfIdentifier(after, "alice")));
    }

    private static Ticket Make() => new(Alice, TransactionId.Issue(Keys, Alice, Now), Bank, Now.AddHours(1));

    private static bool IsTicket(string text) => Ticket.TryVerify(Keys, text, Now, Bank, out _, out _);
}
