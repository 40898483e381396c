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

    /// <summary>Lower case, and the three letters that some readers take for ASCII ones though .NET's invariant mapping does not: long s, Kelvin, dotless i.</summary>
    internal static char Fold(char c) => c switch
    {
        '\u017F' => 's',
        '\u212A' => 'k',
        '\u0131' or '\u0130' => 'i',
        _ => char.ToLowerInvariant(c),
    };

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
