using OzGateway.Problems;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OzGateway.Configuration.Reading;

/// <summary>Whether a text is YAML at all. Asked first, so that the reader behind it meets whole documents only.</summary>
internal static class YamlSyntax
{
    private const int MaxReasonLength = 120;

    /// <summary>The first fault of a text, or null where it is YAML.</summary>
    /// <param name="text">The text.</param>
    public static SyntaxFault? Check(string text)
    {
        Parser parser = new(new StringReader(text));
        TextPosition last = new(1, 1);
        Stack<int> nodes = new([0]);
        bool isWhole = false;
        try
        {
            while (parser.MoveNext())
            {
                last = Position(parser.Current!.End);
                if (!Count(parser.Current, nodes))
                {
                    return new SyntaxFault("a key has no value, or a value has no key", Position(parser.Current.Start));
                }

                isWhole = parser.Current is StreamEnd;
            }

            return isWhole ? null : new SyntaxFault("it ends before its document does", last);
        }
        catch (YamlException exception)
        {
            return new SyntaxFault(Reason(exception), exception.Start.Index > 0 ? Position(exception.Start) : FirstTab(text));
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // YamlDotNet gives up so on some texts, without a place: control characters among them.
            return new SyntaxFault("its structure breaks off, perhaps at a control character", last);
        }
    }

    /// <summary>A mark of the parser as a position.</summary>
    /// <param name="mark">The mark.</param>
    public static TextPosition Position(Mark mark) => new((int)Math.Max(mark.Line, 1), (int)Math.Max(mark.Column, 1));

    /// <summary>Counts the nodes of each mapping and list: on some broken texts the parser hands out half an entry, which no reader could take apart.</summary>
    private static bool Count(ParsingEvent current, Stack<int> nodes)
    {
        if (current is NodeEvent or AnchorAlias)
        {
            nodes.Push(nodes.Pop() + 1);
        }

        if (current is MappingStart or SequenceStart)
        {
            nodes.Push(0);
        }

        return current switch
        {
            MappingEnd => nodes.Pop() % 2 == 0,
            SequenceEnd => nodes.Pop() >= 0,
            _ => true,
        };
    }

    /// <summary>The parser does not say where it found a tab as indentation.</summary>
    private static TextPosition FirstTab(string text)
    {
        string[] lines = text.Split('\n');
        int index = Math.Max(Array.FindIndex(lines, line => line.TrimStart(' ').StartsWith('\t')), 0);
        return new TextPosition(index + 1, Math.Max(lines[index].IndexOf('\t', StringComparison.Ordinal), 0) + 1);
    }

    private static string Reason(YamlException exception) => exception switch
    {
        AnchorNotFoundException => "an alias has no anchor",

        // Only sentences that are known to repeat no piece of the file.
        { Message: { Length: <= MaxReasonLength } message } when message.StartsWith("While ", StringComparison.Ordinal) =>
            message.TrimEnd('.').ToLowerInvariant().Replace("  ", " ", StringComparison.Ordinal),
        _ => "its structure breaks off",
    };
}

/// <summary>Why and where a text is not YAML.</summary>
/// <param name="Reason">Why, without a piece of the text.</param>
/// <param name="At">Where.</param>
internal sealed record SyntaxFault(string Reason, TextPosition At);
