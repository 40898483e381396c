using System.Globalization;
using System.Net;
using System.Text.Json;
using OzGateway.Telemetry;
using Polly.Timeout;

namespace OzGateway.OzApi;

/// <summary>Asks Oz API for folders. Reads are repeated with growing pauses; a refused token is renewed once.</summary>
internal sealed partial class OzApiClient(OzApiPolicy policy, OzToken token, HttpClient http, ILogger<OzApiClient> logger)
{
    private const string TokenHeader = "X-Forensic-Access-Token";
    private const int PageLimit = 100;
    private const int MaxPages = 5;

    /// <summary>Folders whose metadata holds the transaction id, created at or after a time. Oz's filter is not trusted: the caller compares again.</summary>
    /// <param name="transactionId">An id of ours: characters of <c>[A-Za-z0-9_-]</c> only.</param>
    /// <param name="createdFrom">Earliest creation, on our clock; the configured clock skew is taken off.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="OzApiException">Oz API cannot be asked, or its answer cannot be read.</exception>
    public async Task<IReadOnlyList<OzFolder>> FindFoldersAsync(string transactionId, DateTimeOffset createdFrom, CancellationToken cancellationToken)
    {
        var found = new List<OzFolder>();
        for (var page = 0; page < MaxPages; page++)
        {
            var answer = await ReadPageAsync(Query(transactionId, createdFrom, found.Count), cancellationToken);
            found.AddRange(answer.Items!);
            if (IsLast(answer, found.Count))
            {
                return found;
            }
        }

        Log.OzApiFailed(logger, "too_many");
        throw new OzApiException("too_many");
    }

    // A second folder must not hide on a second page: Oz may give fewer at once than were asked for.
    private static bool IsLast(OzFolderPage page, int found) =>
        page.Items!.Count == 0 || (page.Total is { } total ? found >= total : page.Items.Count < Math.Min(page.Limit ?? PageLimit, PageLimit));

    private string Query(string transactionId, DateTimeOffset createdFrom, int offset)
    {
        var from = createdFrom - policy.ClockSkew;
        var time = policy.TimeUnit is OzTimeUnit.Seconds ? from.ToUnixTimeSeconds() : from.ToUnixTimeMilliseconds();
        var filter = Uri.EscapeDataString($"{policy.TransactionKey}=={transactionId}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"/api/folders/?meta_data={filter}&with_analyses=true&time_created.min={time}&limit={PageLimit}&offset={offset}");
    }

    private async Task<OzFolderPage> ReadPageAsync(string query, CancellationToken cancellationToken)
    {
        try
        {
            var body = await GetAsync(query, cancellationToken);
            // Older versions answer a list with a bare array.
            var page = body.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'[', ..]
                ? new OzFolderPage { Items = JsonSerializer.Deserialize(body, OzJson.Default.IReadOnlyListOzFolder) }
                : JsonSerializer.Deserialize(body, OzJson.Default.OzFolderPage);
            return page is { Items: { } items } && items.All(IsWhole) ? page : throw Failed("unreadable");
        }
        catch (OzApiException refused) when (refused.Reason == "login")
        {
            Log.OzApiFailed(logger, refused.Reason);
            throw;
        }
        catch (JsonException)
        {
            throw Failed("unreadable");
        }
        catch (HttpRequestException)
        {
            throw Failed("unreachable");
        }
        catch (TimeoutRejectedException)
        {
            throw Failed("timeout");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed("timeout");
        }
    }

    // A list may hold null where a type says it does not.
    private static bool IsWhole(OzFolder? folder) => folder is not null && folder.Analyses?.Any(static analysis => analysis is null) != true;

    private async Task<byte[]> GetAsync(string query, CancellationToken cancellationToken)
    {
        var used = await token.GetAsync(cancellationToken);
        using var first = await SendAsync(query, used, cancellationToken);
        if (first.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
        {
            return await BodyAsync(first, cancellationToken);
        }

        using var second = await SendAsync(query, await token.RenewAsync(used, cancellationToken), cancellationToken);
        return await BodyAsync(second, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(string query, string accessToken, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(policy.Address, query));
        request.Headers.TryAddWithoutValidation(TokenHeader, accessToken);
        return await http.SendAsync(request, cancellationToken);
    }

    private async Task<byte[]> BodyAsync(HttpResponseMessage answer, CancellationToken cancellationToken) => answer.IsSuccessStatusCode
        ? await answer.Content.ReadAsByteArrayAsync(cancellationToken)
        : throw Failed("status");

    private OzApiException Failed(string reason)
    {
        Log.OzApiFailed(logger, reason);
        return new OzApiException(reason);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.OzApiFailed, LogLevel.Warning, "Oz API cannot be asked: {Reason}.", EventName = nameof(OzApiFailed))]
        internal static partial void OzApiFailed(ILogger logger, string reason);
    }
}
