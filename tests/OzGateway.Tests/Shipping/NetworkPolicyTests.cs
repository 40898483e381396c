using YamlDotNet.RepresentationModel;

namespace OzGateway.Tests.Shipping;

/// <summary>Who may reach whom, once the chart is installed.</summary>
public sealed class NetworkPolicyTests
{
    private const string Gateway = "app.kubernetes.io/component=gateway,app.kubernetes.io/instance=rel,app.kubernetes.io/name=ozgateway";

    private const string TestPod = "app.kubernetes.io/component=test,app.kubernetes.io/instance=rel,app.kubernetes.io/name=ozgateway";

    [HelmFact]
    public async Task The_adapter_admits_the_gateways_pods_alone()
    {
        var policy = SideDoor(await RenderAsync("webAdapter.podLabels.app=web-adapter"), "web-adapter");

        Assert.Equal("web-adapter", policy.Text("spec", "podSelector", "matchLabels", "app"));
        Assert.Equal(["Ingress"], policy.Items("spec", "policyTypes").Select(type => type.Text()));
        Assert.Equal([$"default/{Gateway}"], Peers(Assert.Single(policy.Items("spec", "ingress"))));
        Assert.Equal(["TCP 80", "TCP 443"], Ports(policy.Items("spec", "ingress").Single()));
    }

    [HelmFact]
    public async Task A_side_door_is_closed_in_the_namespace_of_the_pods_it_selects()
    {
        var policies = (await ValueSets.ObjectsAsync("closed-network")).Where(IsSideDoor).ToList();

        Assert.Equal(2, policies.Count);
        Assert.All(policies, policy => Assert.Equal("oz", policy.Text("metadata", "namespace")));
    }

    [HelmFact]
    public async Task Two_releases_of_one_name_close_one_adapter_without_meeting()
    {
        string[] values = ["--set", "networkPolicy.webAdapter.podLabels.app=web-adapter,networkPolicy.webAdapter.namespace=oz"];
        var one = SideDoor(await Helm.RenderAsync([.. values, "--namespace", "one"]), "web-adapter").Text("metadata", "name");
        var two = SideDoor(await Helm.RenderAsync([.. values, "--namespace", "two"]), "web-adapter").Text("metadata", "name");

        Assert.NotEqual(one, two);
    }

    [HelmFact]
    public async Task Oz_api_admits_the_gateway_and_the_adapter_that_sends_to_it()
    {
        var both = await RenderAsync("webAdapter.podLabels.app=web-adapter", "ozApi.podLabels.app=oz-api", "ozApi.namespace=oz");
        var alone = await RenderAsync("webAdapter.podLabels.app=web-adapter", "ozApi.podLabels.app=oz-api", "ozApi.admitWebAdapter=false");

        Assert.Equal([$"default/{Gateway}", "default/app=web-adapter"], Peers(SideDoor(both, "oz-api").Items("spec", "ingress").Single()));
        Assert.Equal([$"default/{Gateway}"], Peers(SideDoor(alone, "oz-api").Items("spec", "ingress").Single()));
    }

    [HelmFact]
    public async Task Without_labels_no_policy_selects_every_pod_of_a_namespace()
    {
        var objects = await Helm.RenderAsync();

        Assert.DoesNotContain(objects, IsSideDoor);
        Assert.All(objects.Where(IsPolicy), policy => Assert.NotEmpty(((YamlMappingNode)policy.At("spec", "podSelector", "matchLabels")).Children));
        Assert.Contains("NOT CLOSED: the side door to the Web Adapter", await Helm.NotesAsync(), StringComparison.Ordinal);
    }

    [HelmFact]
    public async Task By_default_everybody_may_knock_at_the_public_door_and_nobody_at_the_others()
    {
        var ingress = (await Helm.RenderAsync()).Named("NetworkPolicy", "rel-ozgateway").Items("spec", "ingress").ToList();

        Assert.Equal(2, ingress.Count);
        Assert.Equal(["TCP 8080"], Ports(ingress[0]));
        Assert.False(ingress[0].Has("from"));
        Assert.Equal(["TCP 9090"], Ports(ingress[1]));
        Assert.Equal([$"/{TestPod}"], Peers(ingress[1]));
    }

    [HelmFact]
    public async Task Without_the_test_pod_the_admin_door_is_the_kubelets_alone()
    {
        var ingress = (await Helm.RenderAsync("--set", "tests.enabled=false")).Named("NetworkPolicy", "rel-ozgateway").Items("spec", "ingress");

        Assert.Equal(["TCP 8080"], Ports(Assert.Single(ingress)));
    }

    [HelmFact]
    public async Task Each_door_admits_the_peers_that_are_named_for_it()
    {
        var ingress = (await ValueSets.ObjectsAsync("closed-network")).Named("NetworkPolicy", "rel-ozgateway").Items("spec", "ingress").ToDictionary(rule => Ports(rule).Single(), Peers);

        Assert.Equal(["ingress-nginx/", "10.0.0.0/16", $"/{TestPod}"], ingress["TCP 8080"]);
        Assert.Equal(["bank/app=onboarding"], ingress["TCP 8081"]);
        Assert.Equal(["monitoring/", $"/{TestPod}"], ingress["TCP 9090"]);
    }

    [HelmFact]
    public async Task The_gateway_gets_out_to_what_is_named_only()
    {
        var egress = (await ValueSets.ObjectsAsync("closed-network")).Named("NetworkPolicy", "rel-ozgateway").Items("spec", "egress")
            .Select(rule => $"{string.Join(" ", Peers(rule))} : {string.Join(", ", Ports(rule))}");

        Assert.Equal(
            [
                "kube-system/ 169.254.20.10/32 : UDP 53, TCP 53",
                "oz/app=web-adapter : TCP 80",
                "oz/app=oz-api : TCP 8080",
                "identity/ : TCP 8443",
                "/app=redis : TCP 6379",
                "monitoring/ : TCP 4317",
                "2001:db8::/32 : TCP 443",
            ],
            egress);
    }

    [HelmFact]
    public async Task As_long_as_nothing_is_named_the_way_to_the_metadata_service_of_a_cloud_is_closed()
    {
        var blocks = (await Helm.RenderAsync()).Named("NetworkPolicy", "rel-ozgateway").Items("spec", "egress")
            .SelectMany(rule => rule.Items("to")).Where(peer => peer.Has("ipBlock") && peer.Text("ipBlock", "cidr") == "0.0.0.0/0").ToList();

        Assert.Equal(3, blocks.Count);
        Assert.All(blocks, block => Assert.Equal(["169.254.0.0/16"], block.Items("ipBlock", "except").Select(item => item.Text())));
    }

    [HelmFact]
    public async Task The_pod_of_the_test_is_none_of_the_gateways()
    {
        var objects = await Helm.RenderAsync();
        var labels = (YamlMappingNode)objects.Named("Pod", "rel-ozgateway-test").At("metadata", "labels");

        Assert.All(objects.Where(item => item.Text("kind") == "Service"), service => Assert.Contains((YamlMappingNode)service.At("spec", "selector"), label => !labels.Children[label.Key].Equals(label.Value)));
        Assert.DoesNotContain("component: test", Labels(objects.Only("Deployment").At("spec", "template", "metadata", "labels")), StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<YamlMappingNode>> RenderAsync(params string[] values) => Helm.RenderAsync([.. values.SelectMany(value => new[] { "--set", $"networkPolicy.{value}" })]);

    private static bool IsPolicy(YamlMappingNode item) => item.Text("kind") == "NetworkPolicy";

    private static bool IsSideDoor(YamlMappingNode item) => IsPolicy(item) && item.Text("metadata", "labels", "app.kubernetes.io/component") == "side-door";

    private static YamlMappingNode SideDoor(IReadOnlyList<YamlMappingNode> objects, string upstream) =>
        objects.Single(item => IsSideDoor(item) && item.Text("metadata", "name").StartsWith($"rel-ozgateway-{upstream}", StringComparison.Ordinal));

    private static List<string> Ports(YamlNode rule) => [.. rule.Items("ports").Select(port => $"{port.Text("protocol")} {port.Text("port")}")];

    // "namespace/labels", the namespace empty for one's own; or an address block.
    private static List<string> Peers(YamlNode rule) =>
    [
        .. rule.Items(rule.Has("from") ? "from" : "to").Select(peer => peer.Has("ipBlock")
            ? peer.Text("ipBlock", "cidr")
            : $"{(peer.Has("namespaceSelector") ? peer.Text("namespaceSelector", "matchLabels", "kubernetes.io/metadata.name") : "")}/{(peer.Has("podSelector") ? Labels(peer.At("podSelector", "matchLabels")) : "")}"),
    ];

    private static string Labels(YamlNode labels) => string.Join(',', ((YamlMappingNode)labels).Select(label => $"{label.Key.Text()}={label.Value.Text()}").Order());
}
