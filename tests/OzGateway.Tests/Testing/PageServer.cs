using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace OzGateway.Tests.Testing;

/// <summary>A site of its own, with an empty page at every path.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly WebApplication _server;

    private PageServer(WebApplication server) => _server = server;

    /// <summary>The origin, by a host name that is another site than the gateway's address.</summary>
    public string Origin => $"http://localhost:{new Uri(_server.Urls.Single()).Port}";

    public static async Task<PageServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var server = builder.Build();
        server.Run(context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("<!doctype html><title>A page</title>");
        });
        await server.StartAsync();
        return new PageServer(server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
