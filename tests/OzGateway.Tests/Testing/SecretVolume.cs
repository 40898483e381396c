using System.Diagnostics;

namespace OzGateway.Tests.Testing;

/// <summary>The volume of a Kubernetes secret: links to files behind the link <c>..data</c> to a folder; an update makes that link lead to another one.</summary>
internal static class SecretVolume
{
    /// <summary>Writes new contents as the kubelet does: into a folder of their own, then one rename.</summary>
    public static void Swap(string volume, IReadOnlyDictionary<string, string> files)
    {
        var folder = $"..{Guid.NewGuid():N}";
        Directory.CreateDirectory(Path.Combine(volume, folder));
        foreach (var (name, content) in files)
        {
            File.WriteAllText(Path.Combine(volume, folder, name), content);
        }

        var (next, data) = (Path.Combine(volume, "..data_tmp"), Path.Combine(volume, "..data"));
        var former = Directory.ResolveLinkTarget(data, returnFinalTarget: true)!;
        File.CreateSymbolicLink(next, folder);
        using (var rename = Process.Start("mv", ["-T", next, data])!) // over a link to a folder, which the base library's Move does not do
        {
            rename.WaitForExit();
            Assert.Equal(0, rename.ExitCode);
        }

        Directory.Delete(former.FullName, recursive: true);
    }
}
