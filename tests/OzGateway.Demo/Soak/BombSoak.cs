using System.IO.Compression;
using System.Net;
using System.Text;

namespace OzGateway.Demo.Soak;

/// <summary>Answers that would fill the memory: compressed ones of 1 GiB, and ones without an end, many at once. Figures are printed; an answer that is not 502 is a failure.</summary>
internal static class BombSoak
{
    private const int AtOnce = 20;
    private const int BombMib = 1024;
    private static readonly TimeSpan SampleEvery = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs it against the program that ships.</summary>
    public static async Task<int> RunAsync()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new DemoException("The soak reads /proc and runs on Linux only.");
        }

        await using var upstream = new BytesUpstream();
        await using var proxy = await ProxyProcess.GatewayAsync(upstream.Address);
        upstream.Answer("""{"state":"processing"}"""u8.ToArray(), "", isEndless: false);
        await PollAsync(proxy, AtOnce);
        upstream.Answer(Bomb(), "Content-Encoding: gzip\r\n", isEndless: false);
        var fine = await MeasureAsync(proxy, upstream, $"{AtOnce} gzip bombs of {BombMib} MiB", AtOnce);
        upstream.Answer(Encoding.ASCII.GetBytes(new string(' ', 64 * 1024)), "", isEndless: true);
        return await MeasureAsync(proxy, upstream, $"{AtOnce} endless answers", AtOnce) && fine ? 0 : 1;
    }

    private static async Task<bool> MeasureAsync(ProxyProcess proxy, BytesUpstream upstream, string name, int count)
    {
        var before = proxy.Figures.ResidentMib;
        var written = upstream.Written;
        var polls = PollAsync(proxy, count);
        var peak = before;
        while (!polls.IsCompleted)
        {
            peak = Math.Max(peak, proxy.Figures.ResidentMib);
            await Task.Delay(SampleEvery);
        }

        var statuses = await polls;
        var told = string.Join(", ", statuses.CountBy(static status => (int)status).Select(static pair => $"{pair.Value} x {pair.Key}"));
        await Console.Out.WriteLineAsync(
            $"{name,-28} answered {told}; before {before:F1} MiB, grew {peak - before:F1} MiB; the upstream could write {(upstream.Written - written) / 1024 / count} KiB an answer");
        return Array.TrueForAll(statuses, static status => status == HttpStatusCode.BadGateway);
    }

    private static async Task<HttpStatusCode[]> PollAsync(ProxyProcess proxy, int count)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        return await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            using var content = new StringContent("{}", Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri(proxy.Address, "request.php"), content);
            return answer.StatusCode;
        }));
    }

    private static byte[] Bomb()
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal))
        {
            var spaces = Encoding.ASCII.GetBytes(new string(' ', 1 << 20));
            for (var mib = 0; mib < BombMib; mib++)
            {
                gzip.Write(spaces);
            }
        }

        return output.ToArray();
    }
}
