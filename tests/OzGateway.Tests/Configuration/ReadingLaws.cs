using CsCheck;
using OzGateway.Configuration;

namespace OzGateway.Tests.Configuration;

public sealed class ReadingLaws
{
    private const string Planted = "planted";

    private static readonly string[] Pieces =
        ["none", "yes", "\"", "'", "{", "}", "[", "]", ": ", "- ", "\t", "\n", "&a ", "*a", "!!str ", "<<: ", "0", "99999999999", "-1", "10m", "1.5h", "4MiB", "$..", "/{", "~", "|\n", "\u0000", "\u00e9", "\ud800", "#"];

    private static readonly Gen<Func<string, string>> Mutation = Gen.Select<int, int, int, int, Func<string, string>>(
        Gen.Int[0, 1_000_000], Gen.Int[0, 5], Gen.Int[0, Pieces.Length - 1], Gen.Int[1, 30], (place, kind, piece, length) => text => Mutate(text, place, kind, Pieces[piece], length));

    [Fact]
    public void A_mutated_file_becomes_a_snapshot_or_errors_and_never_an_exception_or_a_leak()
    {
        string[] seeds = [ShippedFile.Text, ShippedFile.Take(ShippedFile.Choices), ShippedFile.Text.Replace("{ from_env: ", "{ from_env: planted", StringComparison.Ordinal), WithInlineSecrets];
        Gen.Select(Gen.Int[0, seeds.Length - 1], Mutation.Array[1, 6]).Sample((seed, mutations) =>
        {
            SnapshotResult result = Some.Read(mutations.Aggregate(seeds[seed], (text, mutate) => mutate(text)));

            Assert.NotEqual(result.Snapshot is null, result.Errors.Count == 0);
            Assert.All(result.Errors.Concat(result.Warnings), line =>
            {
                Assert.DoesNotContain(Planted, line, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain('\n', line);
                Assert.Matches(@"^gateway\.yaml:\d+:\d+: (error|warning) OZG1\d{3}: \S", line);
            });
        }, iter: 2000);
    }

    private static string WithInlineSecrets => ShippedFile.Text
        .Replace("{ from_env: OZGATEWAY_OZ_TOKEN }", "planted-oz-token", StringComparison.Ordinal)
        .Replace("{ from_env: OZGATEWAY_JWT_KEY }", "[planted-jwt-key]", StringComparison.Ordinal)
        .Replace("{ from_env: OZGATEWAY_BACKEND_KEYS }", "\"bank:planted-key\"", StringComparison.Ordinal);

    private static string Mutate(string text, int place, int kind, string piece, int length)
    {
        int at = text.Length == 0 ? 0 : place % text.Length;
        int end = Math.Min(at + length, text.Length);
        string[] lines = text.Split('\n');
        int line = place % lines.Length;
        return kind switch
        {
            0 => text.Insert(at, piece),
            1 => text.Remove(at, end - at),
            2 => text[..at] + piece + text[end..],
            3 => string.Join('\n', lines.Where((_, index) => index != line)),
            4 => string.Join('\n', lines.Append(lines[line])),
            _ => string.Join('\n', lines.Take(line).Append(lines[line] + piece).Concat(lines.Skip(line + 1))),
        };
    }
}
