using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OzGateway.Tests.Shipping;

public sealed partial class ChartValuesTests
{
    [Fact]
    public async Task The_default_gateway_takes_every_secret_from_a_variable_that_env_refers_to()
    {
        var text = await File.ReadAllTextAsync(ShippedFiles.DefaultGatewayFile);

        var wanted = FromEnvironment().Matches(text).Select(match => match.Groups[1].Value).Order();
        var referred = ShippedFiles.ReadYaml("helm", "ozgateway", "values.yaml").Items("env").Select(variable => variable.Text("name")).Order();
        Assert.Equal(referred, wanted);
    }

    [Fact]
    public async Task The_default_gateway_names_users_by_a_verified_token_only()
    {
        var gateway = ShippedFiles.ParseYaml(await File.ReadAllTextAsync(ShippedFiles.DefaultGatewayFile)).Single();

        Assert.All(gateway.Items("user_key", "sources"), source => Assert.True(source.Has("ticket") || source.Has("jwt_claim")));
        Assert.Contains(gateway.Items("user_key", "sources"), source => source.Has("jwt_claim") && source.At("jwt_claim").Has("jwks"));
    }

    [Fact]
    public void Chart_image_and_program_carry_one_version()
    {
        var version = XDocument.Parse(ShippedFiles.Read("Directory.Build.props")).Descendants("Version").Single().Value;
        var chart = ShippedFiles.ReadYaml("helm", "ozgateway", "Chart.yaml");

        Assert.Equal(version, chart.Text("version"));
        Assert.Equal(version, chart.Text("appVersion"));
        Assert.Contains($"ARG VERSION={version}\n", ShippedFiles.Read("Dockerfile"), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"from_env: (\w+)")]
    private static partial Regex FromEnvironment();
}
