using System.Buffers.Text;
using CsCheck;
using OzGateway.Identity;

namespace OzGateway.Tests.Identity;

/// <summary>A ticket proves itself, for one origin, until it is over; and nothing like it does.</summary>
public sealed class TicketTests
{
    private const string Bank = "https://bank.example";

    private static readonly GatewayKeys Keys = GatewayKeys.Ephemeral();
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 34, 56, TimeSpan.Zero);
    private static readonly string Text = Make().Sign(Keys);

    // Of a user with one name, and of one who has names under replaced secrets too.
    public static TheoryData<int> Secrets => [1, 2, 4];

    [Theory]
    [MemberData(nameof(Secrets))]
    public void A_ticket_with_any_bit_of_its_bytes_flipped_is_none(int secrets)
    {
        var keys = KeysOf(secrets);
        var bytes = Base64Url.DecodeFromChars(Make(keys).Sign(keys));
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(IsTicket(Base64Url.EncodeToString(bytes), keys), $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(IsTicket(Base64Url.EncodeToString(bytes), keys));
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public void A_ticket_with_any_bit_of_its_text_flipped_is_none(int secrets)
    {
        var keys = KeysOf(secrets);
        var text = Make(keys).Sign(keys);
        for (var at = 0; at < text.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                Assert.False(IsTicket($"{text[..at]}{(char)(text[at] ^ (1 << bit))}{text[(at + 1)..]}", keys), $"character {at}, bit {bit}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public void A_ticket_cut_or_lengthened_anywhere_is_none(int secrets)
    {
        var keys = KeysOf(secrets);
        var text = Make(keys).Sign(keys);
        for (var at = 0; at <= text.Length; at++)
        {
            Assert.True(at == text.Length || !IsTicket(text[..at], keys), $"cut at {at}");
            Assert.False(IsTicket(text.Insert(at, "A"), keys), $"lengthened at {at}");
        }
    }

    [Fact]
    public void A_ticket_tells_all_names_of_its_user()
    {
        var keys = KeysOf(4);
        var user = UserKey.OfIdentifier(keys, "alice");

        Assert.True(Ticket.TryVerify(keys, Make(keys).Sign(keys), Now, Bank, out var read, out _));
        Assert.Equal(user, read.User);
        Assert.Equal(user.Former, read.User.Former);
        Assert.Equal(3, read.User.Former.Count);
    }

    [Fact]
    public void No_text_of_a_tickets_length_is_a_ticket() => Gen.Int[0, 3].SelectMany(former => Gen.Char["ABab01-_"].Array[Ticket.TextLength(former)]).Sample(letters => !IsTicket(new string(letters)));

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

    private static GatewayKeys KeysOf(int secrets)
    {
        Secret[] all = [.. Enumerable.Range(0, secrets).Select(number => new Secret(System.Text.Encoding.ASCII.GetBytes($"secret {number} of thirty-two bytes or more")))];
        return GatewayKeys.From(all[0], all[1..]);
    }

    private static Ticket Make(GatewayKeys? keys = null)
    {
        var user = UserKey.OfIdentifier(keys ?? Keys, "alice");
        return new Ticket(user, TransactionId.Issue(keys ?? Keys, user, Now), Bank, Now.AddHours(1));
    }

    private static bool IsTicket(string text, GatewayKeys? keys = null) => Ticket.TryVerify(keys ?? Keys, text, Now, Bank, out _, out _);
}
