namespace OzGateway.Payloads;

/// <summary>How names are compared: case, underscores and hyphens make no difference.</summary>
public static class MemberNames
{
    /// <summary>The form in which two spellings of one name are equal: lower case, without <c>_</c> and <c>-</c>.</summary>
    /// <param name="name">The name, unescaped.</param>
    public static string Normalize(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return string.Create(Length(name), name, static (target, source) =>
        {
            var length = 0;
            foreach (var c in source)
            {
                if (!IsSeparator(c))
                {
                    target[length++] = Fold(c);
                }
            }
        });
    }

    /// <summary>Upper case first: letters such as the long s have an ASCII capital and no ASCII small form.</summary>
    internal static char Fold(char c) => char.IsAscii(c) ? char.ToLowerInvariant(c) : char.ToLowerInvariant(char.ToUpperInvariant(c));

    private static bool IsSeparator(char c) => c is '_' or '-';

    private static int Length(string name)
    {
        var length = 0;
        foreach (var c in name)
        {
            length += IsSeparator(c) ? 0 : 1;
        }

        return length;
    }
}
