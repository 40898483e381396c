using System.Text.RegularExpressions;
using OzGateway.Simulator;

namespace OzGateway.Tests.Conventions;

/// <summary>What is unknown about the adapter is configuration: no word of a dialect stands in the code.</summary>
public sealed class DialectWordTests
{
    // Words that are ours, Oz API's, or plain English before they are a dialect's.
    private static readonly string[] OwnWords =
    [
        "transaction_id", "end_user_id", "user_id", // metadata keys by the vendor's convention: defaults of the configuration
        "state", "processing", "finished", "folder_id", "analyses", // the documented shapes of a result
        "meta", "media", "check", "order", "session_id", "ticket", "phase", "findings", "reports", "recordings", "envelope", "plugin", "vendor",
    ];

    [Theory]
    [InlineData("default")]
    [InlineData("contrary")]
    [InlineData("random:1")]
    [InlineData("random:2")]
    [InlineData("random:3")]
    public void No_word_of_a_dialect_stands_in_the_code(string name)
    {
        var words = Dialect.Named(name)!.Words.Select(word => word.Trim('/')).Except(OwnWords).Where(word => word.Length > 2).ToList();
        var found = from file in Sources.Under("src")
                    from word in words
                    where Regex.IsMatch(file.Text, $@"(?<!\w){Regex.Escape(word)}(?![\w])")
                    select $"{file.Path}: {word}";

        Assert.NotEmpty(words);
        Assert.Empty(found);
    }
}
