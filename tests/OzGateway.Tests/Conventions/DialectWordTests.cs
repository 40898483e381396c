using System.Text.RegularExpressions;
using OzGateway.Simulator;

namespace OzGateway.Tests.Conventions;

/// <summary>What is unknown about the adapter is configuration: no word of a dialect stands in the code.</summary>
public sealed class DialectWordTests
{
    // Words that stand in the code for another reason than that a dialect has them.
    private static readonly string[] OwnWords =
    [
        "transaction_id", // our own contract: header, documents, the default of transaction.set
        "end_user_id", // the vendor's convention for metadata: a default of transaction.set and transaction.strip
        "state", "processing", "finished", // our own answer to the browser, and the vendor's documented one
        "folder_id", "analyses", // documented members of a result in folder mode, of Oz API and of our verdict
        "meta", // what the vendor's plugin calls it in public: examples of options
        "/plugin/", // the example of a path pattern, in an option and in the message about a wrong one
        "media", "check", "order", "ticket", "findings", "recordings", "attributes", // plain English, or a tag of ours
    ];

    [Theory]
    [InlineData("default")]
    [InlineData("contrary")]
    [InlineData("random:1")]
    [InlineData("random:2")]
    [InlineData("random:3")]
    public void No_word_of_a_dialect_stands_in_the_code(string name)
    {
        var words = WordsOf(name).Except(OwnWords).ToList();
        var found = from file in Sources.Under("src")
                    from word in words
                    where Holds(file, word)
                    select $"{file.Path}: {word}";

        Assert.NotEmpty(words);
        Assert.Empty(found);
    }

    [Fact]
    public void No_word_is_excused_that_need_not_be()
    {
        var words = new[] { "default", "contrary" }.SelectMany(WordsOf).ToHashSet();

        Assert.All(OwnWords, word => Assert.True(words.Contains(word) && Sources.Under("src").Any(file => Holds(file, word)), word));
    }

    private static IEnumerable<string> WordsOf(string name) => Dialect.Named(name)!.Words;

    // A path is one wherever it stands; a name is one only as a whole word.
    private static bool Holds(SourceFile file, string word) => word[0] == '/'
        ? file.Text.Contains(word, StringComparison.OrdinalIgnoreCase)
        : Regex.IsMatch(file.Text, $@"(?<!\w){Regex.Escape(word)}(?!\w)");
}
