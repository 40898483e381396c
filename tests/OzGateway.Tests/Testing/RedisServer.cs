using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using OzGateway.Redis;

namespace OzGateway.Tests.Testing;

/// <summary>A redis-server of our own on a free port, with nothing written to disk.</summary>
internal sealed class RedisServer : IDisposable
{
    private readonly Process _process;

    private RedisServer(Process process, int port) => (_process, Port) = (process, port);

    public static string Executable => Environment.GetEnvironmentVariable("OZGATEWAY_REDIS") ?? "/usr/bin/redis-server";

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Starts one; with a port, one in the place of another that is gone.</summary>
    public static async Task<RedisServer> StartAsync(int? port = null, params string[] arguments)
    {
        var chosen = port ?? FreePort();
        string[] all = ["--port", $"{chosen}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no", .. arguments];
        var process = Process.Start(new ProcessStartInfo(Executable, all) { RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new RedisServer(process, chosen);
            }
        }

        throw new InvalidOperationException("redis-server ended before it served.");
    }

    /// <summary>Starts one under a configuration of its own, on a port it names itself.</summary>
    public static async Task<RedisServer> StartFromAsync(string file, int port, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(Executable, [file, .. arguments]) { RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal) || line.Contains("+monitor master", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new RedisServer(process, port);
            }
        }

        throw new InvalidOperationException("redis-server ended before it served.");
    }

    /// <summary>A connection of the program to it.</summary>
    public async Task<RedisConnection> ConnectAsync(TimeSpan? timeout = null)
    {
        // What runs beside many other tests may be slow: the time of a command is not what these tests are about.
        var policy = new RedisPolicy { Addresses = [new IPEndPoint(IPAddress.Loopback, Port)], Timeout = timeout ?? TimeSpan.FromSeconds(30) };
        var connection = new RedisConnection(policy, TimeProvider.System, NullLogger<RedisConnection>.Instance);
        await connection.StartAsync(CancellationToken.None);
        return connection;
    }

    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    /// <summary>A port that nobody has.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
