using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OzGateway.Audit;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Audit;

/// <summary>Evidence: whole lines, in order, only ever added.</summary>
public sealed class AuditTrailTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ozgateway-audit-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly LogRecorder _logs = new();

    private string File => Path.Combine(_folder.FullName, "audit.jsonl");

    [Fact]
    public async Task A_decision_is_one_line_with_what_is_known()
    {
        await WriteAsync(new AuditEvent { Event = "submission", Granted = true, Reason = "submitted", Route = "check", Transaction = "ref", Trace = "t" });

        Assert.Equal(
            """{"audit":"2026-11-22T12:00:00.0000000Z","event":"submission","granted":true,"reason":"submitted","route":"check","transaction":"ref","trace":"t"}""" + "\n",
            await System.IO.File.ReadAllTextAsync(File));
    }

    [Fact]
    public async Task Lines_stand_in_the_order_of_decision()
    {
        await WriteAsync([.. Enumerable.Range(0, 500).Select(number => Refused($"reason_{number}"))]);

        var reasons = (await System.IO.File.ReadAllLinesAsync(File)).Select(line => line.Split("reason_")[1].Split('"')[0]);
        Assert.Equal(Enumerable.Range(0, 500).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)), reasons);
    }

    [Fact]
    public async Task A_new_start_adds_to_what_is_there()
    {
        await WriteAsync(Refused("first"));
        await WriteAsync(Refused("second"));

        Assert.Equal(2, (await System.IO.File.ReadAllLinesAsync(File)).Length);
    }

    [Fact]
    public async Task What_a_client_could_have_written_ends_no_line()
    {
        await WriteAsync(Refused("a\n{\"audit\":\"forged\"}"));

        Assert.Single(await System.IO.File.ReadAllLinesAsync(File));
    }

    [Fact]
    public async Task A_stop_that_is_overdue_still_writes_what_was_decided()
    {
        await using var sink = AuditSink.Open(File);
        using var trail = new AuditTrail(sink, _time, Logger());
        await trail.StartAsync(CancellationToken.None);
        foreach (var number in Enumerable.Range(0, 400))
        {
            await trail.RecordAsync(Refused($"reason_{number}"));
        }

        await trail.StopAsync(new CancellationToken(canceled: true));

        Assert.Equal(400, (await System.IO.File.ReadAllLinesAsync(File)).Length);
        Assert.DoesNotContain(_logs.Lines, line => line.Event == "AuditFailed");
    }

    [Fact]
    public async Task Stopping_waits_for_what_was_decided()
    {
        await using var sink = AuditSink.Open(File);
        using var trail = new AuditTrail(sink, _time, Logger());
        await trail.StartAsync(CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(writer => Task.Run(async () => await trail.RecordAsync(Refused($"writer_{writer}")))));

        await trail.StopAsync(CancellationToken.None);

        Assert.Equal(40, await CountAsync());
    }

    [Fact]
    public void A_folder_that_is_not_there_is_said_at_start() =>
        Assert.ThrowsAny<IOException>(() => AuditSink.Open(Path.Combine(_folder.FullName, "missing", "audit.jsonl")));

    [Fact]
    public async Task A_line_that_cannot_be_written_is_critical_and_the_next_one_is_tried()
    {
        if (!System.IO.File.Exists("/dev/full"))
        {
            return; // a device that takes nothing, where there is one
        }

        await using var sink = AuditSink.Open("/dev/full");
        using var trail = new AuditTrail(sink, _time, Logger());
        await trail.StartAsync(CancellationToken.None);
        await trail.RecordAsync(Refused("one"));
        await trail.RecordAsync(Refused("two"));
        await trail.StopAsync(CancellationToken.None);

        Assert.Equal(2, _logs.Lines.Count(line => line is { Level: LogLevel.Critical, Event: "AuditFailed" }));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static AuditEvent Refused(string reason) => new() { Event = "submission", Granted = false, Reason = reason };

    private async Task WriteAsync(params AuditEvent[] events)
    {
        await using var sink = AuditSink.Open(File);
        using var trail = new AuditTrail(sink, _time, Logger());
        await trail.StartAsync(CancellationToken.None);
        foreach (var what in events)
        {
            await trail.RecordAsync(what);
        }

        await trail.StopAsync(CancellationToken.None);
    }

    private async Task<int> CountAsync()
    {
        await using var file = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return (await reader.ReadToEndAsync()).Count(character => character == '\n');
    }

    private Logger<AuditTrail> Logger() => new(new Factory(_logs));

    private sealed class Factory(LogRecorder logs) : ILoggerFactory
    {
        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => logs.CreateLogger(categoryName);

        public void Dispose()
        {
        }
    }
}
