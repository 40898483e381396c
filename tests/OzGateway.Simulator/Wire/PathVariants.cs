using System.Globalization;

namespace OzGateway.Simulator.Wire;

/// <summary>
/// Targets that mean, or try to mean, a routed path in another spelling, and a rule written a second time for which of them are served.
/// Made for the embedded routes of the known adapter.
/// </summary>
public static class PathVariants
{
    private static readonly string[] Literals = ["/plugin_liveness.php"];
    private static readonly string[] Folders = ["/plugin/", "/vendor/"];
    private static readonly string[] Forbidden = ["/debug.php", "/core/app_config.json", "/logs/error.log", "/.env", "/api/folders/", "/admin"];
    private static readonly string[] Names = ["a.css", "x/y/main.js", "face-1.2.wasm", "fonts/A_b.woff2", "a@2x.png", "n+m,o=p(1)!.js"];

    private static readonly string[] Inserted =
    [
        "%2f", "%2F", "%5c", "%5C", "%00", "%25", "%252f", "%2e", "%2E%2E", "%2e%2e%2f", "..%2f", "../", "./", "..", ".", "...", "//", "/", "\\", "\\..\\", ";", ";x=1", ";/../",
        ":", "::$DATA", "~1", "%20", "%09", "%0a", "%0d%0a", "%7f", "%c0%af", "%c0%ae%c0%ae%c0%af", "%e0%80%af", "%ff", "%u002f", "%", "%4", "%zz", "+", "*", "|", "<", ">", "\"", "^", "`",
        "{", "}", "[", "]", "#", "#/../debug.php", "?", "?/../debug.php", "&", "=", "@", "$", "'", "(", ",", "\u00e4", "\u00ff", "\u0080", "\u0001", "\u007f", "\t", ".php", ".PHP", ".php/", ".phtml/x.js",
        ".env", "/.git/config", "/.htaccess", ".bak", ".php.bak", "core/", "logs/", "debug.php", "/debug.php", "%64ebug.php", "_", "-", "a", "1",
    ];

    /// <summary>A target by its number: the same number gives the same target.</summary>
    public static string Of(int number)
    {
        var random = new Random(number);
        string[][] kinds = [Literals, Forbidden];
        var kind = random.Next(5);
        var path = kind < 2 ? Pick(random, kinds[kind]) : Pick(random, Folders) + Pick(random, Names);
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            path = Change(random, path);
        }

        // What would be another request line altogether is the business of framing.
        return path.Replace(" ", "%20", StringComparison.Ordinal);
    }

    /// <summary>Whether a target is served, and then exactly as it is.</summary>
    /// <param name="target">As it stands in the request line.</param>
    public static bool IsServed(string target)
    {
        var parts = target.Split('?', 2);
        var folder = Array.Find(Folders, folder => parts[0].StartsWith(folder, StringComparison.Ordinal));
        var isServed = Literals.Contains(parts[0]) || (folder is not null && (parts[0].Length == folder.Length || parts[0][folder.Length..].Split('/').Select((name, index) => (name, index)).All(pair =>
            IsName(pair.name) || (pair.name.Length == 0 && pair.index > 0 && parts[0].EndsWith('/') && !parts[0].EndsWith("//", StringComparison.Ordinal) && pair.index == parts[0][folder.Length..].Count(letter => letter == '/')))));
        return isServed && (parts.Length == 1 || IsQuery(parts[1]));
    }

    private static bool IsName(string name)
    {
        string[] hidden =
        [
            "php", "phps", "phtml", "pht", "phar", "inc", "cgi", "pl", "py", "rb", "sh", "asp", "aspx", "ashx", "jsp", "jspx", "env", "ini", "conf", "config", "yml", "yaml", "log", "sql", "sqlite",
            "db", "bak", "old", "orig", "save", "swp", "tmp", "pem", "key", "crt", "p12", "pfx", "htaccess", "htpasswd", "sqlite3",
        ];
        return name.Length > 0 && !name.StartsWith('.') && !name.EndsWith('.')
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || "_.@+=,()!'-".Contains(letter, StringComparison.Ordinal))
            && !name.Split('.').Skip(1).Any(part => hidden.Contains(part.ToLowerInvariant()) || (part.Length == 4 && part.StartsWith("php", StringComparison.OrdinalIgnoreCase) && char.IsAsciiDigit(part[3])));
    }

    private static bool IsQuery(string query)
    {
        var bytes = new List<byte>();
        for (var index = 0; index < query.Length; index++)
        {
            if (query[index] != '%')
            {
                bytes.Add((byte)query[index]);
            }
            else if (index + 2 < query.Length && byte.TryParse(query.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var escaped))
            {
                bytes.Add(escaped);
                index += 2;
            }
            else
            {
                return false;
            }
        }

        try
        {
            var text = new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetString([.. bytes]);
            return !text.Any(letter => letter is < ' ' or '\u007f') && query.All(letter => letter is > ' ' and < '\u007f' && !"#;\\<>\"".Contains(letter, StringComparison.Ordinal));
        }
        catch (System.Text.DecoderFallbackException)
        {
            return false;
        }
    }

    private static string Change(Random random, string path)
    {
        var at = random.Next(1, path.Length + 1);
        return random.Next(8) switch
        {
            0 => path + Pick(random, ["/", "//", ".", "/.", "/..", "%2f", "?", "?v=1%2f2", "?a=b&c", "#", "?a;b", "?%00", "?x=%c0%af", "?x=%C3%A4", "?q=[1]|{2}"]),
            1 when at < path.Length => $"{path[..at]}%{(int)path[at]:x2}{path[(at + 1)..]}",
            2 when at < path.Length => $"{path[..at]}%25{(int)path[at]:X2}{path[(at + 1)..]}",
            3 when at < path.Length && char.IsAsciiLetter(path[at]) => $"{path[..at]}{(char)(path[at] ^ 0x20)}{path[(at + 1)..]}",
            4 => Pick(random, ["http://x", "https://x:443", "//x", "x:80", "*", "", "/", "/.", "/plugin/..", "/%2e%2e"]) + path,
            _ => path.Insert(at, Pick(random, Inserted)),
        };
    }

    private static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];
}
