using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OzGateway.Tests.Shipping;

/// <summary>A Secret that changed rolls the pods, as far as helm can know of it.</summary>
public sealed class SecretsHashTests
{
    private static readonly string[] Kinds = ["Secret", "Service", "ConfigMap", "ServiceAccount"];

    [HelmFact]
    public async Task A_secret_that_was_written_anew_changes_the_hash_and_one_that_was_not_does_not()
    {
        var first = await HashAsync(Secrets("7"));
        var same = await HashAsync(Secrets("7"));
        var later = await HashAsync(Secrets("8"));

        Assert.Equal(first, same);
        Assert.NotEqual(first, later);
    }

    [HelmFact]
    public async Task A_secret_that_is_made_later_changes_the_hash()
    {
        Assert.NotEqual(await HashAsync(new Dictionary<string, string>()), await HashAsync(Secrets("7")));
    }

    [HelmFact]
    public async Task No_value_of_a_secret_goes_into_the_hash()
    {
        Assert.Equal(await HashAsync(Secrets("7", "Zmlyc3Q=")), await HashAsync(Secrets("7", "c2Vjb25k")));
    }

    [HelmFact]
    public async Task Where_it_may_not_ask_helm_does_not_ask()
    {
        Assert.Equal(await HashAsync(Secrets("7"), "secretsHash.lookup=false"), await HashAsync(Secrets("8"), "secretsHash.lookup=false"));
    }

    [HelmFact]
    public async Task Without_a_cluster_a_revision_changes_the_hash_and_nothing_else_does()
    {
        var first = Hash(await Helm.RenderTextAsync());

        Assert.Equal(first, Hash(await Helm.RenderTextAsync()));
        Assert.NotEqual(first, Hash(await Helm.RenderTextAsync("--set", "secretsHash.revision=second")));
    }

    [HelmFact]
    public async Task A_renewed_certificate_does_not_roll_the_pods()
    {
        var other = Hash(await Helm.RenderTextAsync("-f", ValueSets.File("tls"), "--set", "tls.public.secretName=another-tls"));

        Assert.Equal(Hash(await ValueSets.RenderAsync("tls")), other);
        Assert.Equal(Hash(await Helm.RenderTextAsync()), other);
    }

    private static Dictionary<string, string> Secrets(string version, string value = "dmFsdWU=") => new()
    {
        ["/api/v1/namespaces/default/secrets/ozgateway"] =
            $$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"ozgateway","uid":"0a","resourceVersion":"{{{version}}}"},"data":{"user-key":"{{{value}}}"}}""",
    };

    // helm asks a cluster that knows of these secrets and of nothing else.
    private static async Task<string> HashAsync(Dictionary<string, string> secrets, params string[] values)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var cluster = builder.Build();
        cluster.Run(context => AnswerAsync(context, secrets));
        await cluster.StartAsync();
        var address = cluster.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

        var file = Path.Combine(AppContext.BaseDirectory, "Shipping", $"cluster-{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(file, $$"""
            apiVersion: v1
            kind: Config
            clusters: [{ name: test, cluster: { server: "{{address}}" } }]
            users: [{ name: test, user: {} }]
            contexts: [{ name: test, context: { cluster: test, user: test } }]
            current-context: test
            """);
        var result = await Helm.RunWithAsync(
            file, "template", "rel", ShippedFiles.Chart, "--dry-run=server", "--disable-openapi-validation", "-f", ValueSets.File("one-machine"),
            "--set", string.Join(',', ["podDisruptionBudget.enabled=false", .. values]));
        Assert.True(result.ExitCode == 0, result.Output);
        return Hash(result.Output);
    }

    private static Task AnswerAsync(HttpContext context, Dictionary<string, string> secrets)
    {
        var path = context.Request.Path.Value!;
        var answer = path switch
        {
            "/version" => """{"major":"1","minor":"35","gitVersion":"v1.35.0"}""",
            "/api" => """{"kind":"APIVersions","versions":["v1"]}""",
            "/apis" => """{"kind":"APIGroupList","groups":[{"name":"apps","versions":[{"groupVersion":"apps/v1","version":"v1"}]}]}""",
            "/api/v1" => Resources("v1", Kinds),
            "/apis/apps/v1" => Resources("apps/v1", "Deployment"),
            _ => secrets.GetValueOrDefault(path),
        };
        context.Response.StatusCode = answer is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(answer ?? """{"kind":"Status","status":"Failure","reason":"NotFound","code":404}""");
    }

    private static string Resources(string version, params string[] kinds)
    {
        var resources = kinds.Select(kind => $$"""{"name":"{{kind.ToLowerInvariant()}}s","namespaced":true,"kind":"{{kind}}","verbs":["get"]}""");
        return $$"""{"kind":"APIResourceList","groupVersion":"{{version}}","resources":[{{string.Join(',', resources)}}]}""";
    }

    private static string Hash(string rendered) =>
        ShippedFiles.ParseYaml(rendered[rendered.IndexOf("---", StringComparison.Ordinal)..]).Only("Deployment").Text("spec", "template", "metadata", "annotations", "checksum/secrets");
}
