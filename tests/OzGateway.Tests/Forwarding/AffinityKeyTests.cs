using System.Text;
using OzGateway.Forwarding;
using OzGateway.Identity;
using OzGateway.Tests.Testing;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Model;

namespace OzGateway.Tests.Forwarding;

public sealed class AffinityKeyTests
{
    private const string Upstream = "web_adapter";

    private static readonly GatewayKeys Keys = GatewayKeys.From(new Secret(Encoding.UTF8.GetBytes(The.UserKeySecret)));
    private static readonly DestinationState[] Adapters = [.. Enumerable.Range(0, 5).Select(index => Adapter(index, $"https://adapter-{index}.internal:8443"))];

    [Fact]
    public void A_cookie_finds_the_adapter_it_was_made_for() =>
        Assert.All(Adapters, adapter => Assert.Same(adapter, AffinityKey.Find(Keys, Upstream, AffinityKey.Sign(Keys, Upstream, adapter), Adapters)));

    [Fact]
    public void No_two_cookies_are_alike() =>
        Assert.NotEqual(AffinityKey.Sign(Keys, Upstream, Adapters[0]), AffinityKey.Sign(Keys, Upstream, Adapters[0]));

    [Fact]
    public void A_cookie_that_was_changed_anywhere_finds_nothing()
    {
        var cookie = AffinityKey.Sign(Keys, Upstream, Adapters[0]);
        var changed = Enumerable.Range(0, cookie.Length).Select(at => $"{cookie[..at]}{(cookie[at] == 'A' ? 'B' : 'A')}{cookie[(at + 1)..]}");

        Assert.All(changed, text => Assert.Null(AffinityKey.Find(Keys, Upstream, text, Adapters)));
        Assert.All(["", "A", cookie + "A", cookie[1..], new string('!', cookie.Length)], text => Assert.Null(AffinityKey.Find(Keys, Upstream, text, Adapters)));
    }

    [Fact]
    public void A_cookie_means_nothing_elsewhere()
    {
        var cookie = AffinityKey.Sign(Keys, Upstream, Adapters[0]);

        Assert.Null(AffinityKey.Find(Keys, "other_adapter", cookie, Adapters));
        Assert.Null(AffinityKey.Find(GatewayKeys.Ephemeral(), Upstream, cookie, Adapters));
        Assert.Null(AffinityKey.Find(Keys, Upstream, cookie, Adapters[1..]));
    }

    [Fact]
    public void A_value_prefers_the_same_adapter_whatever_the_order() =>
        Assert.All(Values(), value => Assert.Same(First(value, Adapters), First(value, [.. Adapters.Reverse()])));

    [Fact]
    public void When_an_adapter_goes_only_its_own_values_move()
    {
        foreach (var value in Values())
        {
            var first = First(value, Adapters);
            var rest = Adapters.Where(adapter => adapter != Adapters[2]).ToList();
            Assert.Equal(first == Adapters[2], First(value, rest) != first);
        }
    }

    [Fact]
    public void Values_reach_every_adapter() => Assert.Equal(Adapters.Length, Values().Select(value => First(value, Adapters)).Distinct().Count());

    private static IEnumerable<string> Values() => Enumerable.Range(0, 200).Select(number => $"event-session-{number}");

    private static DestinationState First(string value, IReadOnlyList<DestinationState> adapters) => AffinityKey.Rank(Keys, Upstream, value, adapters).First();

    private static DestinationState Adapter(int index, string address) =>
        new($"{index}", new DestinationModel(new DestinationConfig { Address = address }));
}
