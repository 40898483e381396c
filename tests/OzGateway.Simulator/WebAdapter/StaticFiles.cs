using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace OzGateway.Simulator.WebAdapter;

/// <summary>The script and the other static files: with ETag, ranges, and gzip for those who ask.</summary>
internal sealed class StaticFiles
{
    private const int WasmBytes = 100 * 1024;
    private const int ScriptBytes = 3 * 1024 * 1024;
    private const int StyleBytes = 4 * 1024;

    private readonly Dictionary<string, Lazy<StaticFile>> _assets;
    private readonly Lazy<StaticFile> _script;

    public StaticFiles(Dialect dialect)
    {
        _script = new(() => StaticFile.Of("application/javascript; charset=UTF-8", Encoding.UTF8.GetBytes(StandInScript.For(dialect))));
        _assets = new()
        {
            [".css"] = new(static () => StaticFile.Of("text/css", Text(".ozliveness{display:block}\n", StyleBytes))),
            [".wasm"] = new(static () => StaticFile.Of("application/wasm", Wasm())),
            [".js"] = new(static () => StaticFile.Of("application/javascript", Text("void 'stand-in for the plugin';\n", ScriptBytes))),
        };
    }

    public Task WriteAsync(HttpContext context, RequestKind kind)
    {
        var file = kind == RequestKind.Script ? _script : _assets.GetValueOrDefault(Path.GetExtension(context.Request.Path.Value!));
        if (file is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var (body, etag) = (file.Value.Body, file.Value.ETag);
        context.Response.Headers.Vary = "Accept-Encoding";
        context.Response.Headers.CacheControl = "public, max-age=3600";
        if (context.Request.Headers.Range.Count == 0 && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.ContentEncoding = "gzip";
            (body, etag) = (file.Value.Gzipped.Value, etag[..^1] + "-gzip\"");
        }

        FileContentHttpResult result = TypedResults.Bytes(
            body, file.Value.ContentType, enableRangeProcessing: true, entityTag: new EntityTagHeaderValue(etag));
        return result.ExecuteAsync(context);
    }

    private static byte[] Text(string line, int bytes) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(line, bytes / line.Length)));

    private static byte[] Wasm()
    {
        var bytes = new byte[WasmBytes];
        new Random(1).NextBytes(bytes);
        ((ReadOnlySpan<byte>)[0, (byte)'a', (byte)'s', (byte)'m', 1, 0, 0, 0]).CopyTo(bytes);
        return bytes;
    }

    private sealed record StaticFile(string ContentType, byte[] Body, string ETag, Lazy<byte[]> Gzipped)
    {
        public static StaticFile Of(string contentType, byte[] body) => new(
            contentType,
            body,
            $"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..16]}\"",
            new Lazy<byte[]>(() => Encodings.Gzip(body)));
    }
}
