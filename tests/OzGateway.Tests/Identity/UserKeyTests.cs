using CsCheck;
using OzGateway.Identity;

namespace OzGateway.Tests.Identity;

/// <summary>A user key names a user to us and to nobody else.</summary>
public sealed class UserKeyTests
{
    private static readonly GatewayKeys Keys = GatewayKeys.Ephemeral();

    [Fact]
    public void The_same_identifier_is_the_same_user()
    {
        Assert.Equal(UserKey.OfIdentifier(Keys, "alice"), UserKey.OfIdentifier(Keys, "alice"));
        Assert.Equal(UserKey.OfIdentifier(Keys, "alice").GetHashCode(), UserKey.OfIdentifier(Keys, "alice").GetHashCode());
    }

    [Fact]
    public void Different_identifiers_are_different_users() => Gen.Select(Gen.String, Gen.String).Sample((one, other) =>
        one == other || !UserKey.OfIdentifier(Keys, one).Equals(UserKey.OfIdentifier(Keys, other)));

    [Fact]
    public void An_address_is_never_an_identifier() =>
        Assert.NotEqual(UserKey.OfIdentifier(Keys, "192.0.2.1"), UserKey.OfAddress(Keys, "192.0.2.1"));

    [Fact]
    public void Under_another_secret_everyone_is_somebody_else() =>
        Assert.NotEqual(UserKey.OfIdentifier(Keys, "alice"), UserKey.OfIdentifier(GatewayKeys.Ephemeral(), "alice"));

    [Fact]
    public void It_prints_itself_redacted_and_Oz_knows_a_pseudonym()
    {
        var user = UserKey.OfIdentifier(Keys, "alice");

        Assert.Equal("[user]", $"{user}");
        Assert.Matches("^u1_[A-Za-z0-9_-]{43}$", user.Pseudonym);
        Assert.DoesNotContain("alice", user.Pseudonym, StringComparison.Ordinal);
    }

    [Fact]
    public void It_has_thirty_two_bytes_and_no_others()
    {
        var user = UserKey.OfIdentifier(Keys, "alice");

        Assert.Equal(user, UserKey.FromBytes(user.Bytes));
        Assert.Throws<ArgumentException>(() => UserKey.FromBytes(user.Bytes.AsSpan(1)));
    }

    [Fact]
    public void One_secret_gives_separate_keys_for_separate_purposes()
    {
        var keys = GatewayKeys.From(new Secret("a secret of thirty-two bytes or more"u8));
        byte[][] derived = [keys.User, keys.Transaction, keys.Ticket, keys.Support];

        Assert.Equal(4, derived.Select(Convert.ToHexString).Distinct().Count());
        Assert.Equal(keys.User, GatewayKeys.From(new Secret("a secret of thirty-two bytes or more\n"u8)).User);
        Assert.False(keys.IsEphemeral);
        Assert.True(Keys.IsEphemeral);
    }

    [Fact]
    public void A_secret_prints_itself_redacted() => Assert.Equal("[secret]", $"{new Secret("hidden"u8)}");
}
