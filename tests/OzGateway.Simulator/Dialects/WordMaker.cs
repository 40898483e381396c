namespace OzGateway.Simulator.Dialects;

/// <summary>Words of ten to twelve letters, consonant and vowel in turn, none twice.</summary>
internal sealed class WordMaker(Random random)
{
    private const string Consonants = "bdfgkmnprtvz";
    private const string Vowels = "aeiou";
    private readonly HashSet<string> _used = [];

    public string Next()
    {
        while (true)
        {
            var letters = Enumerable.Range(0, random.Next(10, 13)).Select(at => at % 2 == 0
                ? Consonants[random.Next(Consonants.Length)]
                : Vowels[random.Next(Vowels.Length)]);
            var word = string.Concat(letters);
            if (_used.Add(word))
            {
                return word;
            }
        }
    }
}
