using System.Text.Json;
using System.Text.RegularExpressions;

namespace OzGateway.Tests.Shipping;

/// <summary>The bill of materials, made here by the very command of the Dockerfile.</summary>
public sealed partial class SbomTests(SbomBuild build) : IClassFixture<SbomBuild>
{
    private readonly JsonElement _sbom = build.Document;

    private JsonElement[] Components => [.. _sbom.GetProperty("components").EnumerateArray()];

    [Fact]
    public void It_is_a_cyclonedx_document_about_the_program()
    {
        Assert.Equal("CycloneDX", _sbom.GetProperty("bomFormat").GetString());
        Assert.Matches(@"^1\.[5-9]$", _sbom.GetProperty("specVersion").GetString());
        Assert.Equal(1, _sbom.GetProperty("version").GetInt32());
        var about = _sbom.GetProperty("metadata").GetProperty("component");
        Assert.Equal("ozgateway", about.GetProperty("name").GetString());
        Assert.Equal("application", about.GetProperty("type").GetString());
    }

    [Fact]
    public void It_names_every_package_of_the_lock_file_and_no_other()
    {
        using var locked = JsonDocument.Parse(ShippedFiles.Read("src", "OzGateway", "packages.lock.json"));
        var packages = locked.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject()
            .Where(package => package.Value.GetProperty("type").GetString() != "Project")
            .Select(package => $"{package.Name}@{package.Value.GetProperty("resolved").GetString()}");

        Assert.Equal(packages.Order(StringComparer.Ordinal), Components.Select(Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_package_has_its_address_its_hash_and_its_licence()
    {
        Assert.All(Components, component =>
        {
            Assert.Equal($"pkg:nuget/{Name(component)}", component.GetProperty("purl").GetString());
            Assert.Contains(component.GetProperty("hashes").EnumerateArray(), hash => hash.GetProperty("alg").GetString() == "SHA-512" && Sha512().IsMatch(hash.GetProperty("content").GetString()!));
            Assert.NotEmpty(component.GetProperty("licenses").EnumerateArray());
        });
    }

    [Fact]
    public void It_says_who_needs_whom()
    {
        var known = Components.Select(component => component.GetProperty("bom-ref").GetString()).Append(_sbom.GetProperty("metadata").GetProperty("component").GetProperty("bom-ref").GetString()).ToHashSet();
        var dependencies = _sbom.GetProperty("dependencies").EnumerateArray().ToList();

        Assert.Equal(known, dependencies.Select(dependency => dependency.GetProperty("ref").GetString()).ToHashSet());
        Assert.All(dependencies.SelectMany(dependency => dependency.GetProperty("dependsOn").EnumerateArray()), needed => Assert.Contains(needed.GetString(), known));
    }

    private static string Name(JsonElement component) => $"{component.GetProperty("name").GetString()}@{component.GetProperty("version").GetString()}";

    [GeneratedRegex("^[0-9A-F]{128}$")]
    private static partial Regex Sha512();
}
