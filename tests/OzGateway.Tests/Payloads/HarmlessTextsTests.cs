using OzGateway.Payloads;

namespace OzGateway.Tests.Payloads;

/// <summary>What was judged harmless is that text alone, and not too many are remembered.</summary>
public sealed class HarmlessTextsTests
{
    private readonly HarmlessTexts _texts = new(new KeyNames(["transaction_id"]));

    [Fact]
    public void A_text_that_gives_a_value_to_a_key_is_never_harmless_however_often_it_and_its_neighbours_come()
    {
        for (var round = 0; round < 3; round++)
        {
            Assert.True(_texts.Contains("the word transaction_id alone"));
            Assert.False(_texts.Contains("transaction-id=1"));
            Assert.True(_texts.Contains("Mozilla/5.0 (X11; Linux x86_64)"));
            Assert.False(_texts.Contains("meta[transaction_id]=1"));
        }
    }

    [Fact]
    public void They_are_bounded_in_number_and_length()
    {
        for (var other = 0; other < 5_000; other++)
        {
            Assert.True(_texts.Contains($"other {other}"));
            Assert.InRange(_texts.Count, 1, 2 * HarmlessTexts.Size);
        }

        var count = _texts.Count;
        Assert.True(_texts.Contains(new string(' ', 513)));
        Assert.Equal(count, _texts.Count);
    }
}
