using System.Text.Json;

namespace OzGateway.Tests.Shipping;

public sealed class DockerfileTests
{
    private static readonly string[] Lines = ShippedFiles.Read("Dockerfile").ReplaceLineEndings("\n").Replace("\\\n", " ", StringComparison.Ordinal).Split('\n');

    private static readonly string[] FinalStage = [.. Lines.SkipWhile(line => !line.EndsWith(" AS final", StringComparison.Ordinal))];

    [Fact]
    public void The_final_stage_has_no_shell_and_no_sdk()
    {
        Assert.Equal("FROM mcr.microsoft.com/dotnet/aspnet:${DOTNET_VERSION}-noble-chiseled AS final", FinalStage[0]);
        Assert.Single(FinalStage, line => line.StartsWith("FROM ", StringComparison.Ordinal));
        Assert.DoesNotContain(FinalStage, line => line.StartsWith("RUN ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_final_stage_runs_as_the_non_root_user_of_the_base_image()
    {
        Assert.Equal("USER $APP_UID", Assert.Single(FinalStage, line => line.StartsWith("USER ", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_image_runs_and_examines_the_program_with_the_mounted_configuration()
    {
        Assert.Contains("""ENTRYPOINT ["./ozgateway"]""", FinalStage);
        Assert.Contains("""CMD ["run", "--config", "/etc/ozgateway/gateway.yaml"]""", FinalStage);
        Assert.Contains(
            FinalStage,
            line => line.StartsWith("HEALTHCHECK ", StringComparison.Ordinal)
                && line.EndsWith("""CMD ["./ozgateway", "health", "--config", "/etc/ozgateway/gateway.yaml"]""", StringComparison.Ordinal));
    }

    [Fact]
    public void The_three_doors_are_exposed()
    {
        Assert.Contains("EXPOSE 8080 8081 9090", FinalStage);
    }

    [Fact]
    public void The_packages_are_restored_locked()
    {
        Assert.Contains(Lines, line => line.StartsWith("RUN dotnet restore ", StringComparison.Ordinal) && line.EndsWith(" --locked-mode", StringComparison.Ordinal));
        Assert.Contains(Lines, line => line.StartsWith("RUN dotnet publish ", StringComparison.Ordinal) && line.Contains(" --no-restore ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_program_is_compiled_ahead_for_the_processor_of_the_image_from_the_same_graph()
    {
        Assert.Contains("ARG TARGETARCH", Lines);
        Assert.Contains(Lines, line => line.StartsWith("FROM --platform=$BUILDPLATFORM ", StringComparison.Ordinal));
        Assert.Contains(Lines, line => line.StartsWith("RUN dotnet restore ", StringComparison.Ordinal) && line.Contains(" -p:PublishReadyToRun=true ", StringComparison.Ordinal));
        Assert.Contains(Lines, line => line.StartsWith("RUN dotnet publish ", StringComparison.Ordinal) && line.Contains(" -a ${TARGETARCH} ", StringComparison.Ordinal)
            && line.Contains(" -p:PublishReadyToRun=true ", StringComparison.Ordinal));

        using var locked = JsonDocument.Parse(ShippedFiles.Read("src", "OzGateway", "packages.lock.json"));
        string[] graphs = ["net10.0", "net10.0/linux-arm64", "net10.0/linux-x64"];
        Assert.Equal(graphs, locked.RootElement.GetProperty("dependencies").EnumerateObject().Select(graph => graph.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_image_says_what_it_is_and_from_what_it_was_made()
    {
        string[] labels = ["title", "description", "vendor", "version", "revision", "base.name"];

        var label = Assert.Single(FinalStage, line => line.StartsWith("LABEL ", StringComparison.Ordinal));
        Assert.All(labels, name => Assert.Contains($"org.opencontainers.image.{name}=\"", label, StringComparison.Ordinal));
        Assert.Contains("COPY --from=build /sbom/sbom.cdx.json ./", FinalStage);
    }

    [Fact]
    public void Nothing_has_to_be_writable()
    {
        Assert.DoesNotContain(Lines, line => line.StartsWith("VOLUME", StringComparison.Ordinal));
        Assert.Contains(FinalStage, line => line.StartsWith("ENV ", StringComparison.Ordinal) && line.Contains("DOTNET_EnableDiagnostics=0", StringComparison.Ordinal));
    }

    [Fact]
    public void No_secret_and_no_configuration_goes_into_the_image()
    {
        Assert.DoesNotContain(Lines, line => line.Contains("OZGATEWAY_", StringComparison.Ordinal) || line.Contains("--mount=type=secret", StringComparison.Ordinal));
        Assert.DoesNotContain(Lines, line => line.StartsWith("ARG ", StringComparison.Ordinal) && line.Split(' ', '=')[1] is not ("DOTNET_VERSION" or "VERSION" or "REVISION" or "TARGETARCH"));
        Assert.DoesNotContain(Lines, line => line.StartsWith("COPY ", StringComparison.Ordinal) && (line.Contains("config/", StringComparison.Ordinal) || line.StartsWith("COPY . ", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_builder_is_sent_the_sources_only()
    {
        var ignore = ShippedFiles.Read(".dockerignore").ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#')).ToList();

        Assert.Equal("**", ignore[0]);
        Assert.Equal(["!src", "!global.json", "!Directory.Build.props", "!Directory.Packages.props", "!.editorconfig"], ignore.Where(line => line.StartsWith('!')));
    }
}
