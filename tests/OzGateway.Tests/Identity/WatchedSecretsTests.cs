using OzGateway.Identity;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Identity;

/// <summary>Secrets in files, taken up while running.</summary>
public sealed class WatchedSecretsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ozgateway-secrets-");

    [Fact]
    public void A_volume_that_Kubernetes_swaps_is_taken_up_as_a_whole()
    {
        Write("..1", "key", "one");
        Write("..1", "former", "zero");
        File.CreateSymbolicLink(At("..data"), "..1");
        File.CreateSymbolicLink(At("key"), "..data/key");
        File.CreateSymbolicLink(At("former"), "..data/former");
        var watched = Watch("key", "former");
        Assert.Equal(SecretLook.Unchanged, watched.Look());

        SecretVolume.Swap(_folder.FullName, new Dictionary<string, string> { ["key"] = "two", ["former"] = "one" });

        Assert.Equal("one zero", watched.Value);
        Assert.Equal([SecretLook.Unchanged, SecretLook.TakenUp, SecretLook.Unchanged], [watched.Look(), watched.Look(), watched.Look()]);
        Assert.Equal("two one", watched.Value);
    }

    [Fact]
    public void Files_written_one_after_the_other_are_taken_up_when_they_stand_still()
    {
        Write(".", "key", "one");
        Write(".", "former", "zero");
        var watched = Watch("key", "former");

        Write(".", "key", "two");
        watched.Look();
        Write(".", "former", "one");
        watched.Look();

        Assert.Equal("one zero", watched.Value);
        Assert.Equal(SecretLook.TakenUp, watched.Look());
        Assert.Equal("two one", watched.Value);
    }

    [Theory]
    [InlineData("bad")]
    [InlineData("")]
    [InlineData(null)]
    public void What_cannot_be_used_leaves_the_old_and_is_said_once(string? content)
    {
        Write(".", "key", "one");
        var watched = Watch("key");
        Write(".", "key", content);

        Assert.Equal(
            [SecretLook.Unchanged, SecretLook.Refused, SecretLook.Unchanged, SecretLook.Unchanged],
            [watched.Look(), watched.Look(), watched.Look(), watched.Look()]);
        Assert.Equal("one", watched.Value);

        Write(".", "key", "two");
        watched.Look();
        Assert.Equal((SecretLook.TakenUp, "two"), (watched.Look(), watched.Value));
    }

    [Fact]
    public void A_file_that_is_away_for_one_look_changes_nothing()
    {
        Write(".", "key", "one");
        var watched = Watch("key");
        Write(".", "key", null);
        watched.Look();
        Write(".", "key", "one");

        Assert.Equal([SecretLook.Unchanged, SecretLook.Unchanged], [watched.Look(), watched.Look()]);
    }

    [Fact]
    public void A_secret_of_the_environment_stands_beside_one_that_changes()
    {
        Write(".", "key", "one");
        var watched = new WatchedSecrets<string>([Read("key"), new Secret("fixed"u8)], "first", Join);
        Write(".", "key", "two");
        watched.Look();
        watched.Look();

        Assert.Equal("two fixed", watched.Value);
        Assert.True(watched.HasFiles);
        Assert.False(new WatchedSecrets<string>([new Secret("fixed"u8)], "first", Join).HasFiles);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string? Join(IReadOnlyList<Secret> secrets) =>
        secrets[0].Reveal() == "bad" ? null : string.Join(' ', secrets.Select(secret => secret.Reveal()));

    private WatchedSecrets<string> Watch(params string[] names)
    {
        IReadOnlyList<Secret> secrets = [.. names.Select(Read)];
        Func<IReadOnlyList<Secret>, string?> make = Join;
        return new(secrets, make(secrets)!, make);
    }

    private Secret Read(string name) => new(File.ReadAllBytes(At(name))) { File = At(name) };

    private void Write(string folder, string name, string? content)
    {
        Directory.CreateDirectory(At(folder));
        var file = Path.Combine(At(folder), name);
        if (content is null)
        {
            File.Delete(file);
            return;
        }

        File.WriteAllText(file, content);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
