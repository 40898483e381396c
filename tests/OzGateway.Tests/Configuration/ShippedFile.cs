using System.Text.RegularExpressions;

namespace OzGateway.Tests.Configuration;

/// <summary>config/gateway.yaml and the choices that stand in it as comments.</summary>
internal static partial class ShippedFile
{
    public static string Text => File.ReadAllText(Some.RepositoryFile("config/gateway.yaml"));

    /// <summary>First lines of the choices: a key or an item behind one #, neither prose nor planned.</summary>
    public static IReadOnlyList<int> Choices
    {
        get
        {
            string[] lines = Text.Split('\n');
            return [.. Enumerable.Range(0, lines.Length).Where(index => IsChoice(lines[index]) && !IsInside(lines, index))];
        }
    }

    /// <summary>The text with some choices taken, each with all that stands deeper beneath it.</summary>
    public static string Take(IReadOnlyCollection<int> choices)
    {
        string[] lines = Text.Split('\n');
        foreach (int choice in choices)
        {
            int depth = Depth(lines[choice]);
            int index = choice;
            do
            {
                lines[index] = Comment().Replace(lines[index], "$1");
                index++;
            }
            while (index < lines.Length && IsChoice(lines[index]) && Depth(lines[index]) > depth);
        }

        return string.Join('\n', lines);
    }

    private static bool IsInside(string[] lines, int index)
    {
        int first = index;
        while (first > 0 && IsChoice(lines[first - 1]))
        {
            first--;
        }

        return Enumerable.Range(first, index - first).Any(earlier => Depth(lines[earlier]) < Depth(lines[index]));
    }

    private static bool IsChoice(string line) => Choice().IsMatch(line) && !line.Contains("# planned:", StringComparison.Ordinal);

    private static int Depth(string line) => Comment().Replace(line, "$1").TakeWhile(character => character == ' ').Count();

    [GeneratedRegex(@"^( *)# ")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^ *# +(- .*|[a-z_]+:( .*)?)$")]
    private static partial Regex Choice();
}
