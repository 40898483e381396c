using System.Net;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>An adapter whose format is not known can be learned from the log of a trial.</summary>
public sealed class ShapeReportTests
{
    [Fact]
    public async Task Each_shape_of_a_submission_is_told_once_without_a_value()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Transaction = "issue: implicit, report_shapes: true" });
        using var metrics = new MetricRecorder(run, "ozgateway.injection.shapes");
        using var browser = run.Browser();
        foreach (var kind in (BodyKind[])[BodyKind.Multipart, BodyKind.Multipart, BodyKind.Form])
        {
            await browser.OpenAsync();
            Assert.Equal(HttpStatusCode.OK, (await browser.SubmitAsync(kind)).Status);
        }

        await run.QuietAsync();
        var lines = run.Logs.Lines.Where(line => line.Event == "ShapeSeen").Select(line => line.Text).ToList();
        Assert.Equal(2, lines.Count);
        Assert.Contains("media: file application/zip <= 1 MiB", lines[0], StringComparison.Ordinal);
        Assert.Contains("meta.transaction_id: text <= 64 B", lines[0], StringComparison.Ordinal);
        Assert.Contains(" form ", lines[1], StringComparison.Ordinal);
        Assert.All(The.PageMeta(run.Simulator.Dialect).Values, value => Assert.All(lines, line => Assert.DoesNotContain(value, line, StringComparison.Ordinal)));
        Assert.Equal(2, metrics.Tags("ozgateway.route").Count);
    }

    [Fact]
    public async Task Where_it_is_not_asked_for_no_shape_is_told()
    {
        await using var run = await GatewayRun.StartAsync();
        using var browser = run.Browser();
        await browser.OpenAsync();
        Assert.Equal(HttpStatusCode.OK, (await browser.SubmitAsync()).Status);

        await run.QuietAsync();
        Assert.DoesNotContain(run.Logs.Lines, line => line.Event == "ShapeSeen");
    }
}
