using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using OzGateway.Redis;

namespace OzGateway.Demo.Soak;

/// <summary>A redis-server of this run on a free port, with nothing written to disk.</summary>
internal sealed class RedisProcess : IDisposable
{
    private Process _process;

    private RedisProcess(Process process, int port) => (_process, Port) = (process, port);

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Starts one.</summary>
    public static async Task<RedisProcess> StartAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return new RedisProcess(await LaunchAsync(port), port);
    }

    /// <summary>A connection of the program, to it or to a proxy before it.</summary>
    public async Task<RedisConnection> ConnectAsync(int? port = null)
    {
        var policy = new RedisPolicy { Addresses = [new IPEndPoint(IPAddress.Loopback, port ?? Port)] };
        var connection = new RedisConnection(policy, TimeProvider.System, NullLogger<RedisConnection>.Instance);
        await connection.StartAsync(CancellationToken.None);
        return connection;
    }

    /// <summary>Ends it at once; all it knew is gone.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Starts it again, empty, on its port.</summary>
    public async Task RestartAsync()
    {
        _process.Dispose();
        _process = await LaunchAsync(Port);
    }

    /// <summary>Makes it forget its scripts, over and over, for so long.</summary>
    public async Task FlushScriptsAsync(TimeSpan length)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < length;)
        {
            await client.GetStream().WriteAsync("SCRIPT FLUSH\r\n"u8.ToArray());
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>Sends a signal: STOP, CONT.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private static async Task<Process> LaunchAsync(int port)
    {
        string[] arguments = ["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
        var process = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true }) ?? throw new DemoException("There is no redis-server on this machine: install it.");
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return process;
            }
        }

        throw new DemoException("redis-server ended before it served.");
    }
}
