using OzGateway.Tests.Payloads;

namespace OzGateway.Benchmarks.Reading;

/// <summary>Changed documents, each cut at every byte, to the reader of answers and to the strict reader of the base library.</summary>
internal static class Differential
{
    /// <summary>Reads so many documents; every difference is printed with its seed.</summary>
    public static int Run(int documents)
    {
        var (differences, taken, splits) = (0, 0, 0L);
        Parallel.For(0, documents, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            var document = seed % 2 == 0 ? MutatedDocuments.Of(seed) : MutatedDocuments.Long(seed);
            var expected = MutatedDocuments.IsStrict(document);
            var differs = MutatedDocuments.IsTaken(document, []) != expected;
            for (var cut = 1; cut < document.Length; cut++)
            {
                differs |= MutatedDocuments.IsTaken(document, [cut]) != expected;
            }

            Interlocked.Add(ref splits, document.Length);
            Interlocked.Add(ref taken, expected ? 1 : 0);
            if (differs)
            {
                Interlocked.Increment(ref differences);
                Console.Error.WriteLine($"seed {seed}: {Convert.ToBase64String(document)}");
            }
        });
        Console.Out.WriteLine($"{documents} documents ({taken} JSON), read {splits} times: {differences} differences");
        return differences == 0 ? 0 : 1;
    }
}
