using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OzGateway.Forwarding;
using OzGateway.Projection;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Projection;

/// <summary>A gateway put together without its projection answers nothing rather than everything.</summary>
public sealed class ProjectionGuardTests
{
    [Theory]
    [InlineData("check", "POST /request.php HTTP/1.1", "{\"session_id\":\"s\"}")]
    [InlineData("session", "POST /init.php HTTP/1.1", "{}")]
    public async Task An_answer_that_nobody_projected_is_cut_off_before_its_first_byte(string route, string line, string body)
    {
        await using var run = await GatewayRun.StartAsync(host: WithoutProjection);

        var answer = await SendAsync(run, line, body);

        Assert.Equal("", answer);
        Assert.NotEmpty(run.Simulator.Received.All); // the adapter did answer
        var said = Assert.Single(run.Logs.Lines, entry => entry.Event == "UnprotectedResponse");
        Assert.Equal(LogLevel.Critical, said.Level);
        Assert.Contains($"route {route} ", said.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_and_refusals_need_no_projection()
    {
        await using var run = await GatewayRun.StartAsync(host: WithoutProjection);
        using var stranger = run.Browser(user: null);

        Assert.Equal(System.Net.HttpStatusCode.OK, (await stranger.GetAsync("plugin_liveness.php")).Status);
        Assert.Equal("user_key_missing", (await stranger.PostAsync("request.php")).Code);
        Assert.DoesNotContain(run.Logs.Lines, entry => entry.Event == "UnprotectedResponse");
    }

    private static void WithoutProjection(IWebHostBuilder host) => host.ConfigureTestServices(services =>
    {
        services.Remove(services.Single(service => service.ImplementationType == typeof(ProjectionTransformProvider)));
        services.AddSingleton<AnswerReading>((context, _, body) => new ValueTask(body.CopyToAsync(context.Response.Body)));
    });

    private static async Task<string> SendAsync(GatewayRun run, string line, string body)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(run.Public.Host, run.Public.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"{line}\r\nHost: x\r\nCookie: session={Tokens.For(The.User, run.Time.GetUtcNow())}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        try
        {
            return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
