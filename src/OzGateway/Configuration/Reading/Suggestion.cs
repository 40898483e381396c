namespace OzGateway.Configuration.Reading;

/// <summary>"Did you mean": the nearest allowed word.</summary>
internal static class Suggestion
{
    private const int MaxWordLength = 40;

    /// <summary>The allowed word that takes the fewest edits, or null where none is near.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="allowed">What may be written.</param>
    public static string? For(string word, IEnumerable<string> allowed)
    {
        if (word.Length > MaxWordLength)
        {
            return null;
        }

        (string? nearest, int distance) = allowed
            .Select(candidate => ((string?)candidate, Distance(word.ToLowerInvariant().Replace('-', '_'), candidate.ToLowerInvariant())))
            .DefaultIfEmpty((null, int.MaxValue))
            .MinBy(candidate => candidate.Item2);
        return distance <= Math.Max(1, word.Length / 3) ? nearest : null;
    }

    /// <summary>A sentence with the nearest word, or nothing; for use behind another sentence.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="allowed">What may be written.</param>
    public static string Sentence(string word, IEnumerable<string> allowed) => For(word, allowed) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int substituted = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
