using OzGateway.Payloads;

namespace OzGateway.Tests.Payloads;

/// <summary>None of the hostile bodies gets the page's value through, in one piece or cut anywhere.</summary>
public sealed class HostileBodyTests
{
    public static TheoryData<PayloadKind> Kinds => new(PayloadKind.Json, PayloadKind.Multipart, PayloadKind.Form);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_pages_value_is_nowhere_in_any_reading_and_ours_is_there_once(PayloadKind kind)
    {
        var bodies = HostileBodies.Of(kind).ToArray();
        Assert.True(bodies.Length >= 300, $"Only {bodies.Length} bodies.");
        var escaped = bodies.AsParallel().Where(body => !IsHarmless(kind, body.Body)).Select(static body => body.Label).Order(StringComparer.Ordinal).ToArray();
        Assert.True(escaped.Length == 0, $"{escaped.Length} of {bodies.Length}: {string.Join(" | ", escaped.Take(25))}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_cut_at_any_byte_changes_nothing(PayloadKind kind) => Parallel.ForEach(
        HostileBodies.Of(kind).Where(static body => body.Body.Length < 600).Where(static (_, index) => index % 7 == 0),
        body =>
        {
            var whole = Rewrite.Outcome(kind, body.Body, Rewrite.Rules, []);
            for (var cut = 0; cut <= body.Body.Length; cut++)
            {
                Assert.Equal(whole, Rewrite.Outcome(kind, body.Body, Rewrite.Rules, [cut]));
            }

            Assert.Equal(whole, Rewrite.Outcome(kind, body.Body, Rewrite.Rules, Enumerable.Range(0, body.Body.Length)));
        });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_was_rewritten_needs_no_second_rewriting(PayloadKind kind)
    {
        foreach (var (label, body) in HostileBodies.Of(kind))
        {
            var once = Rewrite.Outcome(kind, body, Rewrite.Rules, []);
            if (!Enum.TryParse<PayloadFault>(once, out _))
            {
                Assert.True(once == Rewrite.Outcome(kind, System.Text.Encoding.Latin1.GetBytes(once), Rewrite.Rules, []), label);
            }
        }
    }

    private static bool IsHarmless(PayloadKind kind, byte[] body)
    {
        try
        {
            var readings = BodyReadings.Of(Rewrite.Bytes(kind, body, Rewrite.Rules, []));
            return readings.All(static reading => !reading.Contains(RandomBodies.Evil, StringComparison.OrdinalIgnoreCase) && reading.Split(Rewrite.ServerId).Length <= 2)
                && readings.First().Contains(Rewrite.ServerId, StringComparison.Ordinal);
        }
        catch (PayloadException)
        {
            return true;
        }
    }
}
