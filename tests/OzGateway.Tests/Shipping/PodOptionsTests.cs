using YamlDotNet.RepresentationModel;

namespace OzGateway.Tests.Shipping;

/// <summary>What the options make of the pod and of what stands around it.</summary>
public sealed class PodOptionsTests
{
    [HelmFact]
    public async Task By_default_no_volume_is_writable()
    {
        var objects = await ValueSets.ObjectsAsync("defaults");

        Assert.All(Containers(objects.Only("Deployment")), container => Assert.All(container.Items("volumeMounts"), mount => Assert.Equal("true", mount.Text("readOnly"))));
    }

    [HelmFact]
    public async Task Each_pod_writes_its_audit_trail_into_a_folder_of_its_own()
    {
        var deployment = await ValueSets.DeploymentAsync("audit-claim");
        var containers = Containers(deployment).ToList();

        var mount = containers[1].Items("volumeMounts").Single(item => item.Text("name") == "audit");
        Assert.Equal("$(POD_NAME)", mount.Text("subPathExpr"));
        Assert.Equal("metadata.name", containers[1].Items("env").Single(variable => variable.Text("name") == "POD_NAME").Text("valueFrom", "fieldRef", "fieldPath"));
        Assert.DoesNotContain(containers[0].Items("volumeMounts"), item => item.Text("name") == "audit");
    }

    [HelmFact]
    public async Task Certificates_are_mounted_where_the_documentation_says()
    {
        var deployment = await ValueSets.DeploymentAsync("tls");

        Assert.All(Containers(deployment), container => Assert.Equal(
            ["/etc/ozgateway", "/run/secrets/tls/public", "/run/secrets/tls/backend"], container.Items("volumeMounts").Select(mount => mount.Text("mountPath"))));
        Assert.Equal("liveness-tls", deployment.Items("spec", "template", "spec", "volumes").Single(volume => volume.Text("name") == "tls-public").Text("secret", "secretName"));
    }

    [HelmFact]
    public async Task The_probes_speak_http_to_the_admin_door_whatever_the_other_doors_speak()
    {
        var container = Containers(await ValueSets.DeploymentAsync("tls")).Last();

        Assert.All(new[] { "startupProbe", "readinessProbe", "livenessProbe" }, probe => Assert.Equal("HTTP", container.Text(probe, "httpGet", "scheme")));
    }

    [HelmTheory]
    [InlineData("tls: { certificate: { from_file: /run/secrets/tls/public/tls.crt } }", "https https")]
    [InlineData("protocols: [http2]", "http kubernetes.io/h2c")]
    [InlineData("protocols: [http1]", "http http")]
    public async Task A_service_says_what_its_door_speaks(string door, string said)
    {
        var objects = await Helm.RenderAsync("--set-json", $$"""gateway="doors: { public: { {{door}} }, admin: { address: '[::]:9090' } }" """);

        var port = objects.Named("Service", "rel-ozgateway-public").At("spec", "ports", "0");
        Assert.Equal(said, $"{port.Text("name")} {port.Text("appProtocol")}");
        Assert.Equal(said == "http http" ? 2 : 1, objects.Named("Pod", "rel-ozgateway-test").Items("spec", "containers").Count());
    }

    [HelmFact]
    public async Task A_value_of_null_takes_a_probe_away()
    {
        var container = Containers(await ValueSets.DeploymentAsync("one-machine")).Last();

        Assert.DoesNotContain(((YamlMappingNode)container).Children.Keys, key => key.Text().EndsWith("Probe", StringComparison.Ordinal));
    }

    [HelmFact]
    public async Task A_platform_may_choose_the_user_but_never_root()
    {
        var security = (await ValueSets.DeploymentAsync("assigned-user")).At("spec", "template", "spec", "securityContext");

        Assert.Equal(["runAsNonRoot", "seccompProfile"], ((YamlMappingNode)security).Children.Keys.Select(key => key.Text()));
    }

    [HelmFact]
    public async Task The_autoscaler_alone_says_how_many_pods_there_are()
    {
        var objects = await ValueSets.ObjectsAsync("autoscaling");

        Assert.False(objects.Only("Deployment").At("spec").Has("replicas"));
        Assert.Equal("8", objects.Only("HorizontalPodAutoscaler").Text("spec", "maxReplicas"));
        Assert.Equal("50%", objects.Only("PodDisruptionBudget").Text("spec", "minAvailable"));
    }

    [HelmFact]
    public async Task What_faces_the_outside_leads_to_the_public_door_only()
    {
        var objects = await ValueSets.ObjectsAsync("everything");

        Assert.Equal(["liveness-public"], objects.Only("Ingress").Items("spec", "rules").SelectMany(rule => rule.Items("http", "paths")).Select(path => path.Text("backend", "service", "name")));
        Assert.Equal(["liveness-public"], objects.Only("HTTPRoute").Items("spec", "rules", "0", "backendRefs").Select(reference => reference.Text("name")));
    }

    [HelmFact]
    public async Task Prometheus_finds_the_admin_port_without_a_service_for_it()
    {
        var objects = await ValueSets.ObjectsAsync("everything");
        var monitor = objects.Only("ServiceMonitor");
        var selected = objects.Where(item => item.Text("kind") == "Service" && Matches(item, monitor.At("spec", "selector", "matchLabels"))).ToList();

        Assert.Equal("liveness-public", Assert.Single(selected).Text("metadata", "name"));
        Assert.Equal(("admin", "/metrics"), (monitor.Text("spec", "endpoints", "0", "targetPort"), monitor.Text("spec", "endpoints", "0", "path")));
    }

    [HelmFact]
    public async Task The_test_asks_the_release_from_inside_with_the_programs_own_health_command()
    {
        var containers = (await ValueSets.ObjectsAsync("defaults")).Named("Pod", "rel-ozgateway-test").Items("spec", "containers").ToList();

        Assert.Equal(
            ["health --url http://rel-ozgateway-test.default.svc:9090/health/ready", "health --url http://rel-ozgateway-public.default.svc:8080/plugin_liveness.php"],
            containers.Select(container => string.Join(' ', container.Items("args").Select(argument => argument.Text()))));
        Assert.All(containers, container => Assert.False(container.Has("env")));
    }

    [HelmFact]
    public async Task The_admin_door_has_a_name_only_as_long_as_a_test_runs()
    {
        var admin = (await ValueSets.ObjectsAsync("everything")).Where(item => item.Text("kind") == "Service" && item.Items("spec", "ports").Any(port => port.Text("targetPort") == "admin"));

        Assert.Equal("before-hook-creation,hook-succeeded,hook-failed", Assert.Single(admin).Text("metadata", "annotations", "helm.sh/hook-delete-policy"));
    }

    [HelmFact]
    public async Task A_digest_wins_over_a_tag()
    {
        var image = Containers(await ValueSets.DeploymentAsync("existing-secrets")).Select(container => container.Text("image")).Distinct();

        Assert.Equal("localhost/ozgateway@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", Assert.Single(image));
    }

    private static IEnumerable<YamlNode> Containers(YamlNode deployment) =>
        deployment.Items("spec", "template", "spec", "initContainers").Concat(deployment.Items("spec", "template", "spec", "containers"));

    private static bool Matches(YamlNode item, YamlNode labels) =>
        ((YamlMappingNode)labels).All(label => ((YamlMappingNode)item.At("metadata", "labels")).Children.TryGetValue(label.Key, out var value) && value.Equals(label.Value));
}
