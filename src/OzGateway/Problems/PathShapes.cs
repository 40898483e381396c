using System.Text.RegularExpressions;

namespace OzGateway.Problems;

/// <summary>Shapes of paths that stand in the configuration as they are, without patterns.</summary>
internal static partial class PathShapes
{
    /// <summary>A plain path, as it is explained to an operator.</summary>
    public const string PlainRule = "letters, digits, - and _ between slashes, no slash at the end";

    /// <summary>A plain path: up to 8 segments of letters, digits, - and _, no slash at the end.</summary>
    public static bool IsPlain(string text) => Plain().IsMatch(text);

    /// <summary>The path of a file: like a plain path, and dots may stand in it, though not alone.</summary>
    public static bool IsFile(string text) => File().IsMatch(text);

    [GeneratedRegex(@"^(/[A-Za-z0-9_-]{1,64}){1,8}\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^(/[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}){1,8}\z")]
    private static partial Regex File();
}
