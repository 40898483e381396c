using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OzGateway.Simulator;

namespace OzGateway.Demo;

/// <summary>The customer's web server: its own page and login, and the plugin's calls passed on to the gateway under the same origin.</summary>
internal sealed class DemoPage : IAsyncDisposable
{
    /// <summary>Where it is when nobody says otherwise.</summary>
    public const int Port = 8088;

    private const string UserCookie = "demo-user";

    private readonly WebApplication _server;

    private DemoPage(WebApplication server) => _server = server;

    public Uri Address => new(_server.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    /// <summary>Starts it.</summary>
    public static async Task<DemoPage> StartAsync(DemoHouse house, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "OzGateway.Demo" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
        builder.Services.AddRoutingCore().AddHttpForwarder();
        var server = builder.Build();
        server.UseRouting();
        MapPage(server);
        MapDemo(server, house);
        // Everything else is the plugin's: to the gateway it goes, as a customer's own proxy would pass it.
        server.MapForwarder("/{**rest}", house.Public.AbsoluteUri);
        try
        {
            await server.StartAsync();
        }
        catch (IOException taken)
        {
            throw new DemoException($"Cannot start the page: {taken.Message} Stop what holds the port, or choose free ones with '--ports 0'.");
        }

        return new DemoPage(server);
    }

    /// <summary>Until Ctrl+C or SIGTERM.</summary>
    public Task WaitForShutdownAsync() => _server.WaitForShutdownAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static void MapPage(WebApplication server)
    {
        (string Path, string File, string Type)[] files =
        [
            ("/", "index.html", "text/html; charset=utf-8"), ("/demo/page.css", "page.css", "text/css"), ("/demo/page.js", "page.js", "text/javascript"),
        ];
        foreach (var (path, file, type) in files)
        {
            server.MapGet(path, async context =>
            {
                await using var content = typeof(DemoPage).Assembly.GetManifestResourceStream($"OzGateway.Demo.Page.{file}")!;
                context.Response.ContentType = type;
                context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; img-src data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";
                await content.CopyToAsync(context.Response.Body);
            });
        }
    }

    private static void MapDemo(WebApplication server, DemoHouse house)
    {
        server.MapPost("/demo/sign-in/{user}", context =>
        {
            var user = (string)context.Request.RouteValues["user"]!;
            if (!DemoHouse.Users.Contains(user))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }

            var options = new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/" };
            context.Response.Cookies.Append("session", house.Secrets.SessionOf(user), options);
            context.Response.Cookies.Append(UserCookie, user, options);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        server.MapPost("/demo/scenario", async context =>
        {
            var asked = await JsonNode.ParseAsync(context.Request.Body) as JsonObject;
            house.Simulator.Scenario = Scenario.Success with
            {
                Verdict = Read(asked, "verdict", Verdict.Success),
                ResultMode = Read(asked, "result_mode", ResultMode.Full),
                Breakage = Read(asked, "breakage", Breakage.None),
            };
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
        server.MapGet("/demo/facts", context => WriteFactsAsync(context, house));
    }

    private static async Task WriteFactsAsync(HttpContext context, DemoHouse house)
    {
        var user = context.Request.Cookies[UserCookie] ?? DemoHouse.Users[0];
        var id = context.Request.Query["transaction_id"].ToString();
        var received = house.Simulator.Received.Submissions is [.., var last] ? last : null;
        using var direct = new HttpClient();
        using var answer = received?.AdapterSession is { } session ? await direct.SendAsync(house.Simulator.Dialect.Poll(house.Simulator.Address, session)) : null;
        var facts = new JsonObject
        {
            ["adapter"] = answer is null ? "" : await answer.Content.ReadAsStringAsync(),
            ["oz_metadata"] = JsonSerializer.SerializeToNode(received?.Metadata),
            ["backend"] = await OneCheck.AskBackendAsync(house, id, user),
        };
        await Console.Out.WriteLineAsync($"  check of {user}: Oz received {received?.Meta("transaction_id")}; the backend was told {facts["backend"]}");
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(facts.ToJsonString());
    }

    private static T Read<T>(JsonObject? asked, string name, T otherwise)
        where T : struct, Enum =>
        Enum.TryParse<T>(asked?[name]?.GetValue<string>(), ignoreCase: true, out var value) ? value : otherwise;
}
