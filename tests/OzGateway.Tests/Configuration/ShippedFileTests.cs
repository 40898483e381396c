using OzGateway.Configuration;

namespace OzGateway.Tests.Configuration;

public sealed class ShippedFileTests
{
    public static TheoryData<string> Choices => [.. ShippedFile.Choices.Select(line => ShippedFile.Text.Split('\n')[line])];

    [Fact]
    public void It_is_read_as_it_is()
    {
        SnapshotResult result = Some.Reader().Read(Some.RepositoryFile("config/gateway.yaml"), SecretMode.Run, revision: 1);

        Assert.Empty(result.Errors);
        Assert.NotNull(result.Snapshot!.OzApi);
        Assert.Equal(2, result.Snapshot.Backend.Keys.Keys.Count);
        Assert.Equal(64, result.Snapshot.Hash.Length);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [MemberData(nameof(Choices))]
    public void Each_choice_is_read_when_it_is_taken(string choice)
    {
        SnapshotResult result = Some.Read(ShippedFile.Take([Array.IndexOf(ShippedFile.Text.Split('\n'), choice)]));

        Assert.Empty(result.Errors);
    }

    [Fact]
    public void All_choices_together_are_read()
    {
        Assert.InRange(ShippedFile.Choices.Count, 30, 200);
        Assert.Empty(Some.Read(ShippedFile.Take(ShippedFile.Choices)).Errors);
    }

    [Fact]
    public void Checked_without_its_secrets_it_gives_warnings_only()
    {
        SnapshotResult result = new SnapshotReader(_ => null).Read(Some.RepositoryFile("config/gateway.yaml"), SecretMode.Check, revision: 1);

        Assert.Empty(result.Errors);
        Assert.Equal(4, result.Warnings.Count(warning => warning.Contains("OZG1306", StringComparison.Ordinal)));
    }

    [Fact]
    public void Run_without_its_secrets_it_is_refused()
    {
        SnapshotResult result = new SnapshotReader(_ => null).Read(Some.RepositoryFile("config/gateway.yaml"), SecretMode.Run, revision: 1);

        Assert.Null(result.Snapshot);
        Assert.Equal(4, result.Errors.Count(error => error.Contains("OZG1109", StringComparison.Ordinal)));
    }
}
