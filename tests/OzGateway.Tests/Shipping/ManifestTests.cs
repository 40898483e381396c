using k8s;
using OzGateway.Configuration;
using OzGateway.Tests.Commands;

namespace OzGateway.Tests.Shipping;

/// <summary>What the chart makes of every value set, judged by two validators, and the gateway.yaml in it by the gateway.</summary>
public sealed class ManifestTests
{
    // Kinds that the client knows no type of; kubernetes-models judges them.
    private static readonly string[] OfNoType = ["HTTPRoute", "ServiceMonitor"];

    public static TheoryData<string> ValueSetNames => ValueSets.Names;

    [HelmTheory]
    [MemberData(nameof(ValueSetNames))]
    public async Task It_is_what_the_cluster_client_reads_strictly(string set)
    {
        var documents = Documents(await ValueSets.RenderAsync(set));

        Assert.Equal(documents.Count, KubernetesYaml.LoadAllFromString(string.Join("\n---\n", documents), typeMap: null, strict: true).Count);
        Assert.True(documents.Count >= 5);
    }

    [KubernetesModelsFact]
    public async Task Every_value_set_makes_what_the_models_of_its_kinds_allow()
    {
        var rendered = new Dictionary<string, string>();
        foreach (var set in ValueSets.All)
        {
            rendered.Add(set, await ValueSets.RenderAsync(set));
        }

        var (exitCode, lines) = await KubernetesModels.ValidateAsync(rendered);
        Assert.True(rendered.Count >= 8);
        Assert.Equal(rendered.Select(pair => $"{pair.Key}: {ShippedFiles.ParseYaml(pair.Value).Count} objects"), lines);
        Assert.Equal(0, exitCode);
    }

    [HelmFact]
    public async Task A_misspelt_field_is_not_what_the_cluster_client_reads_strictly()
    {
        var rendered = await ValueSets.RenderAsync("defaults");

        Assert.ThrowsAny<Exception>(() => KubernetesYaml.LoadAllFromString(rendered.Replace("readOnlyRootFilesystem", "readonlyRootFilesystem", StringComparison.Ordinal), typeMap: null, strict: true));
    }

    [KubernetesModelsFact]
    public async Task A_wrong_word_is_not_what_the_models_allow()
    {
        var rendered = await ValueSets.RenderAsync("everything");
        (string Right, string Wrong, string Said)[] mistakes =
        [
            ("whenUnsatisfiable: ScheduleAnyway", "whenUnsatisfiable: Sometimes", "topologySpreadConstraints/0/whenUnsatisfiable must be equal to one of the allowed values"),
            ("containerPort: 9090", "containerPort: admin", "ports/2/containerPort must be integer"),
            ("type: PathPrefix", "type: Suffix", "matches/0/path/type must be equal to one of the allowed values"),
            ("interval: 15s", "interval: often", "endpoints/0/interval must match pattern"),
        ];

        var (_, lines) = await KubernetesModels.ValidateAsync(mistakes.ToDictionary(mistake => mistake.Wrong, mistake => rendered.Replace(mistake.Right, mistake.Wrong, StringComparison.Ordinal)));
        Assert.All(mistakes, mistake => Assert.Contains(lines, line => line.StartsWith(mistake.Wrong, StringComparison.Ordinal) && line.Contains(mistake.Said, StringComparison.Ordinal)));
    }

    [HelmTheory]
    [MemberData(nameof(ValueSetNames))]
    public async Task Its_gateway_yaml_passes_the_check_of_the_init_step(string set)
    {
        var result = new SnapshotReader(_ => null).Read(await GatewayFileAsync(set), SecretMode.Check, revision: 1);

        Assert.Empty(result.Errors);
        Assert.NotNull(result.Snapshot);
    }

    [HelmFact]
    public async Task The_program_itself_passes_what_the_init_step_gives_it()
    {
        var arguments = (await ValueSets.DeploymentAsync("everything")).Items("spec", "template", "spec", "initContainers", "0", "args").Select(item => item.Text());

        var file = await GatewayFileAsync("everything");
        var (exitCode, output, errors) = await ProgramProcess.RunAsync([.. arguments.Select(argument => argument == "/etc/ozgateway/gateway.yaml" ? file : argument)]);
        Assert.True(exitCode == 0, errors);
        Assert.Contains(": fine, ", output, StringComparison.Ordinal);
    }

    [HelmTheory]
    [MemberData(nameof(ValueSetNames))]
    public async Task Every_object_has_the_standard_labels_and_says_its_namespace(string set)
    {
        string[] standard = ["app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/version", "app.kubernetes.io/component", "app.kubernetes.io/part-of", "app.kubernetes.io/managed-by", "helm.sh/chart"];

        foreach (var item in await ValueSets.ObjectsAsync(set))
        {
            Assert.All(standard, label => Assert.NotEqual("", item.Text("metadata", "labels", label)));
            Assert.NotEqual("", item.Text("metadata", "namespace"));
        }
    }

    private static List<string> Documents(string rendered) =>
    [
        .. rendered.Split("\n---\n").Select(document => document.Trim('-', '\n')).Where(document => document.Length > 0)
            .Where(document => !OfNoType.Any(kind => document.Contains($"\nkind: {kind}\n", StringComparison.Ordinal))),
    ];

    private static async Task<string> GatewayFileAsync(string set)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Shipping", $"gateway-of-{set}-{Guid.NewGuid():N}.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, (await ValueSets.ObjectsAsync(set)).Only("ConfigMap").Text("data", "gateway.yaml"));
        return file;
    }
}
