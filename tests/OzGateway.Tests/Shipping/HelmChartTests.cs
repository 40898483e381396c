using YamlDotNet.RepresentationModel;

namespace OzGateway.Tests.Shipping;

public sealed class HelmChartTests
{
    public static TheoryData<string> ValueSetNames => ValueSets.Names;

    [HelmTheory]
    [MemberData(nameof(ValueSetNames))]
    public async Task The_chart_passes_the_strict_lint(string set)
    {
        var result = await Helm.RunAsync("lint", ShippedFiles.Chart, "--strict", "-f", ValueSets.File(set));

        Assert.True(result.ExitCode == 0, result.Output);
    }

    [HelmFact]
    public async Task The_default_gateway_yaml_stands_verbatim_in_the_config_map()
    {
        var objects = await Helm.RenderAsync();

        Assert.Equal(await File.ReadAllTextAsync(ShippedFiles.DefaultGatewayFile), objects.Only("ConfigMap").Text("data", "gateway.yaml"));
    }

    [HelmFact]
    public async Task A_gateway_yaml_that_looks_like_a_template_stands_verbatim_too()
    {
        var gateway = "  # indented, with a comment\n  version: 1\n\n  note: \"{{ .Values }} ${x} <&> meta[{key}]\"\n  doors: { admin: { address: \"[::]:9090\" } }\n";
        var file = Path.Combine(AppContext.BaseDirectory, "Shipping", "odd-gateway.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, gateway);

        var objects = await Helm.RenderAsync("--set-file", $"gateway={file}");

        Assert.Equal(gateway, objects.Only("ConfigMap").Text("data", "gateway.yaml"));
    }

    [HelmFact]
    public async Task A_changed_gateway_yaml_rolls_the_pods()
    {
        var before = (await Helm.RenderAsync()).Only("Deployment");
        var after = (await Helm.RenderAsync("--set-string", "gateway=doors: {admin: {address: \"0.0.0.0:9090\"}}")).Only("Deployment");

        string[] hash = ["spec", "template", "metadata", "annotations", "checksum/config"];
        Assert.NotEqual(before.Text(hash), after.Text(hash));
    }

    [HelmFact]
    public async Task There_is_no_secret_in_what_is_rendered_only_references()
    {
        var objects = await Helm.RenderAsync();

        Assert.DoesNotContain(objects, item => item.Text("kind") == "Secret");
        foreach (var container in Containers(objects))
        {
            Assert.Equal(
                ["OZGATEWAY_USER_KEY=ozgateway/user-key", "OZGATEWAY_BACKEND_KEYS=ozgateway/backend-keys", "OZGATEWAY_OZ_TOKEN=ozgateway/oz-token"],
                container.Items("env").Select(variable => $"{variable.Text("name")}={Reference(variable)}"));
            Assert.All(container.Items("env"), variable => Assert.False(variable.Has("value")));
        }
    }

    [HelmFact]
    public async Task Secrets_are_mounted_by_reference_read_only_in_both_containers()
    {
        var objects = await Helm.RenderAsync("--set", "secretVolumes[0].name=oz,secretVolumes[0].secretName=oz-account,secretVolumes[0].mountPath=/run/secrets/oz");

        var volume = objects.Only("Deployment").Items("spec", "template", "spec", "volumes").Single(item => item.Text("name") == "secret-oz");
        Assert.Equal("oz-account", volume.Text("secret", "secretName"));
        foreach (var container in Containers(objects))
        {
            var mount = container.Items("volumeMounts").Single(item => item.Text("name") == "secret-oz");
            Assert.Equal("/run/secrets/oz", mount.Text("mountPath"));
            Assert.Equal("true", mount.Text("readOnly"));
        }
    }

    [HelmTheory]
    [MemberData(nameof(ValueSetNames))]
    public async Task Every_pod_meets_the_restricted_standard(string set)
    {
        string[] allowed = ["configMap", "secret", "csi", "emptyDir", "persistentVolumeClaim"];
        var objects = await ValueSets.ObjectsAsync(set);
        var pods = objects.Where(item => item.Text("kind") == "Pod").Select(item => item.At("spec")).Append(objects.Only("Deployment").At("spec", "template", "spec"));

        foreach (var pod in pods)
        {
            Assert.Equal("true", pod.Text("securityContext", "runAsNonRoot"));
            Assert.Equal("RuntimeDefault", pod.Text("securityContext", "seccompProfile", "type"));
            Assert.Equal("false", pod.Text("automountServiceAccountToken"));
            Assert.All(pod.Has("volumes") ? pod.Items("volumes") : [], volume => Assert.Contains(allowed, volume.Has));
            Assert.False(pod.Has("hostNetwork") || pod.Has("hostPID") || pod.Has("hostIPC"));
            foreach (var container in (pod.Has("initContainers") ? pod.Items("initContainers") : []).Concat(pod.Items("containers")))
            {
                Assert.Equal("true", container.Text("securityContext", "runAsNonRoot"));
                Assert.Equal("true", container.Text("securityContext", "readOnlyRootFilesystem"));
                Assert.Equal("false", container.Text("securityContext", "allowPrivilegeEscalation"));
                Assert.Equal(["ALL"], container.Items("securityContext", "capabilities", "drop").Select(item => item.Text()));
                Assert.NotEqual("", container.Text("resources", "limits", "memory"));
            }
        }
    }

    [HelmFact]
    public async Task The_pod_outlives_its_drain_and_has_no_token()
    {
        var objects = await Helm.RenderAsync();

        Assert.Equal("40", objects.Only("Deployment").Text("spec", "template", "spec", "terminationGracePeriodSeconds"));
        Assert.Equal("false", objects.Only("ServiceAccount").Text("automountServiceAccountToken"));
    }

    [HelmFact]
    public async Task The_configuration_is_checked_before_the_gateway_runs()
    {
        var pod = (await Helm.RenderAsync()).Only("Deployment").At("spec", "template", "spec");

        Assert.Equal(["check", "/etc/ozgateway/gateway.yaml"], pod.Items("initContainers", "0", "args").Select(item => item.Text()));
        Assert.Equal(["run", "--config", "/etc/ozgateway/gateway.yaml"], pod.Items("containers", "0", "args").Select(item => item.Text()));
        Assert.Equal(pod.Text("containers", "0", "image"), pod.Text("initContainers", "0", "image"));
    }

    [HelmFact]
    public async Task The_probes_knock_at_the_admin_door()
    {
        var container = (await Helm.RenderAsync()).Only("Deployment").At("spec", "template", "spec", "containers", "0");

        Assert.Equal("9090", container.Items("ports").Single(port => port.Text("name") == "admin").Text("containerPort"));
        foreach (var (probe, path) in new[] { ("startupProbe", "/health/startup"), ("readinessProbe", "/health/ready"), ("livenessProbe", "/health/live") })
        {
            Assert.Equal(path, container.Text(probe, "httpGet", "path"));
            Assert.Equal("admin", container.Text(probe, "httpGet", "port"));
        }
    }

    [HelmFact]
    public async Task Browsers_and_the_backend_have_a_service_each_and_the_admin_door_has_none()
    {
        var objects = await Helm.RenderAsync();

        var services = objects.Where(item => item.Text("kind") == "Service" && !item.At("metadata").Has("annotations"))
            .Select(item => $"{item.Text("metadata", "name")} {item.Text("spec", "ports", "0", "port")} {item.Text("spec", "ports", "0", "targetPort")}");
        Assert.Equal(["rel-ozgateway-backend 8081 backend", "rel-ozgateway-public 8080 public"], services.Order());
        var pod = objects.Only("Deployment").At("spec", "template");
        Assert.All(
            objects.Where(item => item.Text("kind") == "Service"),
            item => Assert.All((YamlMappingNode)item.At("spec", "selector"), label => Assert.Equal(label.Value, pod.At("metadata", "labels", label.Key.Text()))));
    }

    private static IEnumerable<YamlNode> Containers(IReadOnlyList<YamlMappingNode> objects)
    {
        var pod = objects.Only("Deployment").At("spec", "template", "spec");
        return pod.Items("initContainers").Concat(pod.Items("containers"));
    }

    private static string Reference(YamlNode variable) =>
        $"{variable.Text("valueFrom", "secretKeyRef", "name")}/{variable.Text("valueFrom", "secretKeyRef", "key")}";
}
