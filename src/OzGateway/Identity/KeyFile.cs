using System.Security.Cryptography;
using System.Text;
using OzGateway.Problems;

namespace OzGateway.Identity;

/// <summary>The keys of a door: lines of <c>name:key</c>, or <c>name:key:word,word</c> where the door has words; <c>#</c> begins a comment.</summary>
/// <param name="Keys">Keys that are valid now.</param>
internal sealed record KeyFile(IReadOnlyList<DoorKey> Keys)
{
    /// <summary>Shortest key.</summary>
    public const int MinKeyLength = 32;

    private const string Scheme = "Bearer ";

    /// <summary>Reads the lines; what is wrong with one is told by its number, never by what stands there.</summary>
    /// <param name="secret">The lines, or null for no keys.</param>
    /// <param name="words">Words that may stand behind a key.</param>
    /// <param name="path">Where the secret is named in the configuration.</param>
    /// <param name="errors">Where errors go.</param>
    public static KeyFile Read(Secret? secret, IReadOnlyList<string> words, string path, ConfigurationErrors errors)
    {
        string[] lines = secret?.Reveal().Split('\n') ?? [];
        List<DoorKey> keys = [];
        for (int index = 0; index < lines.Length; index++)
        {
            string line = lines[index].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            string[] pieces = line.Split(':');
            if (Complaint(pieces, words, keys) is { } complaint)
            {
                errors.Add(path, ConfigurationCode.SecretUnusable, $"has on line {index + 1} of its secret {complaint}");
                continue;
            }

            keys.Add(new DoorKey(pieces[0], SHA256.HashData(Encoding.UTF8.GetBytes(pieces[1])), pieces.Length == 3 ? Words(pieces[2]) : []));
        }

        return new KeyFile(keys);
    }

    /// <summary>The key that came along as <c>Authorization: Bearer KEY</c>, or null. Every key is compared, whichever fits: the time tells nothing.</summary>
    public DoorKey? KeyOf(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ } value] || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(value[Scheme.Length..]));
        return Keys.Aggregate((DoorKey?)null, (found, key) => CryptographicOperations.FixedTimeEquals(hash, key.Sha256) ? key : found);
    }

    private static string? Complaint(string[] pieces, IReadOnlyList<string> words, List<DoorKey> earlier) =>
        pieces.Length < 2 || pieces.Length > (words.Count == 0 ? 2 : 3) ? $"something that is not {Shape(words)}."
        : !TextShapes.IsName(pieces[0]) ? $"a name that is not {TextShapes.NameRule}."
        : pieces[1].Length < MinKeyLength ? $"a key of less than {MinKeyLength} characters."
        : pieces.Length == 3 && Words(pieces[2]).Any(word => !words.Contains(word)) ? $"a right other than {string.Join(", ", words.Take(words.Count - 1))} and {words[^1]}."
        : earlier.Exists(key => key.Name == pieces[0]) ? "a name that stands on an earlier line. Names are unique."
        : null;

    private static string Shape(IReadOnlyList<string> words) => words.Count == 0 ? "'name:key'" : "'name:key' or 'name:key:right,right'";

    private static string[] Words(string text) => text.Split(',', StringSplitOptions.TrimEntries);
}
