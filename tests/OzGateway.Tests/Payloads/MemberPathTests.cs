using OzGateway.Payloads;

namespace OzGateway.Tests.Payloads;

public sealed class MemberPathTests
{
    [Theory]
    [InlineData("$", null)]
    [InlineData("$.meta", "meta")]
    [InlineData("$['folder:meta_data']", "folder:meta_data")]
    [InlineData("$.payload.meta", "meta")]
    [InlineData("$[*]", null)]
    [InlineData("$[*].result", "result")]
    [InlineData("$['a.b']['c d']", "c d")]
    public void A_path_is_parsed_and_printed_as_written(string text, string? name)
    {
        Assert.True(MemberPath.TryParse(text, out var path, out var error), error);
        Assert.Equal(text, path.ToString());
        Assert.Equal(name, path.Name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("meta")]
    [InlineData("$.")]
    [InlineData("$meta")]
    [InlineData("$..meta")]
    [InlineData("$.meta.")]
    [InlineData("$[0]")]
    [InlineData("$['']")]
    [InlineData("$['a")]
    [InlineData("$['a\\'b']")]
    [InlineData("$.a b")]
    [InlineData("$[*")]
    [InlineData("$.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a")]
    public void What_is_no_path_is_explained(string? text)
    {
        Assert.False(MemberPath.TryParse(text, out var path, out var error));
        Assert.Null(path);
        Assert.NotEmpty(error);
    }

    [Fact]
    public void Two_spellings_of_one_path_are_equal() => Assert.Equal(Rewrite.Path("$.meta"), Rewrite.Path("$['meta']"));
}
