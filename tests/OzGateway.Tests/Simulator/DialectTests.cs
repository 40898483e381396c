using OzGateway.Simulator;

namespace OzGateway.Tests.Simulator;

public class DialectTests
{
    [Fact]
    public void The_same_seed_gives_the_same_dialect()
    {
        Assert.Equal(Dialect.Random(7).Words, Dialect.Random(7).Words);
        Assert.NotEqual(Dialect.Random(7).Words, Dialect.Random(8).Words);
    }

    [Fact]
    public void No_two_seeds_share_a_word_with_the_default()
    {
        var usual = Dialect.Default.Words.Concat(Dialect.Contrary.Words).ToHashSet();

        Assert.All(Enumerable.Range(0, 200), seed => Assert.Empty(usual.Intersect(Dialect.Random(seed).Words)));
    }

    [Fact]
    public void Random_words_are_long_enough_not_to_be_met_by_accident() =>
        Assert.All(Enumerable.Range(0, 200).SelectMany(static seed => Dialect.Random(seed).Words), static word => Assert.True(word.Length >= 8, word));

    [Fact]
    public void The_contrary_shares_no_word_with_the_default() =>
        Assert.Empty(Dialect.Default.Words.Intersect(Dialect.Contrary.Words));

    [Fact]
    public void The_contrary_differs_in_every_choice()
    {
        var (usual, contrary) = (Dialect.Default, Dialect.Contrary);

        Assert.NotEqual(usual.Paths.Submit == usual.Paths.Poll, contrary.Paths.Submit == contrary.Paths.Poll);
        Assert.NotEqual(usual.PollMethod, contrary.PollMethod);
        Assert.NotEqual(usual.SessionCarrier, contrary.SessionCarrier);
        Assert.NotEqual(usual.Wrapper, contrary.Wrapper);
        Assert.NotEqual(usual.ResultContentType, contrary.ResultContentType);
        Assert.NotEqual(usual.SessionContentType, contrary.SessionContentType);
        Assert.NotEqual(usual.MultipartMetadata.Form, contrary.MultipartMetadata.Form);
        Assert.NotEqual(usual.JsonMetadata.Form, contrary.JsonMetadata.Form);
        Assert.NotEqual(usual.FormMetadata.JsonPath, contrary.FormMetadata.JsonPath);
    }

    [Fact]
    public void Two_hundred_seeds_show_every_choice()
    {
        var dialects = Enumerable.Range(0, 200).Select(Dialect.Random).ToList();

        Assert.Equal(Enum.GetValues<SessionCarrier>(), dialects.Select(static dialect => dialect.SessionCarrier).Distinct().Order());
        Assert.Equal(Enum.GetValues<ResultWrapper>(), dialects.Select(static dialect => dialect.Wrapper).Distinct().Order());
        Assert.Equal(Enum.GetValues<MetadataForm>(), dialects.Select(static dialect => dialect.MultipartMetadata.Form).Distinct().Order());
        Assert.Contains(dialects, static dialect => dialect.Paths.Submit == dialect.Paths.Poll);
        Assert.Contains(dialects, static dialect => dialect.Paths.Submit != dialect.Paths.Poll);
    }

    [Theory]
    [InlineData("default", "default")]
    [InlineData("contrary", "contrary")]
    [InlineData("random:12", "random:12")]
    [InlineData("random:x", null)]
    [InlineData("other", null)]
    public void A_dialect_is_found_by_its_name(string name, string? found) => Assert.Equal(found, Dialect.Named(name)?.Name);

    [Theory]
    [InlineData("$", "")]
    [InlineData("$.meta", "meta")]
    [InlineData("$.payload['folder:meta_data']", "payload,folder:meta_data")]
    public void A_place_tells_its_json_path(string expected, string path) =>
        Assert.Equal(expected, new MetadataPlace(MetadataForm.Json, null, path.Split(',', StringSplitOptions.RemoveEmptyEntries)).JsonPath);

    [Theory]
    [InlineData("{\"state\":\"finished\"}", CheckState.Finished)]
    [InlineData("{\"state\":\"processing\"}", CheckState.Processing)]
    [InlineData("{\"state\":\"declined\"}", CheckState.Unknown)]
    [InlineData("<html>", CheckState.Unknown)]
    [InlineData("", CheckState.Unknown)]
    [InlineData("[]", CheckState.Unknown)]
    public void A_state_is_read_from_anything(string answer, CheckState expected) => Assert.Equal(expected, Dialect.Default.ReadState(answer));

    [Fact]
    public void A_state_is_read_with_and_without_its_wrapper()
    {
        Assert.Equal(CheckState.Finished, Dialect.Contrary.ReadState("{\"reports\":[{\"phase\":\"DONE\"}]}"));
        Assert.Equal(CheckState.Finished, Dialect.Contrary.ReadState("{\"phase\":\"DONE\"}"));
    }

    [Fact]
    public void A_path_in_the_base_address_is_kept() =>
        Assert.Equal("http://proxy/t/ticket/init.php", Dialect.Default.Init(new Uri("http://proxy/t/ticket/")).RequestUri!.AbsoluteUri);
}
