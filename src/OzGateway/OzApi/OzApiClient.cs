using System.Globalization;
using System.Text.Json;

namespace OzGateway.OzApi;

/// <summary>Oz API in our words: folders by transaction or by id, and their analyses.</summary>
internal sealed class OzApiClient(OzApiPolicy policy, OzTransport transport)
{
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

        throw transport.Failed("too_many");
    }

    /// <summary>A folder by id with its analyses, or null where there is none.</summary>
    /// <exception cref="OzApiException">Oz API cannot be asked, or its answer cannot be read.</exception>
    public async Task<OzFolder?> FindFolderAsync(string folderId, CancellationToken cancellationToken)
    {
        var folder = Uri.EscapeDataString(folderId);
        if (await transport.AskAsync($"/api/folders/{folder}?with_analyses=true", cancellationToken) is not { } body)
        {
            return null;
        }

        var found = Read(() => OzWire.Read(body, OzJson.Default.OzFolder), IsWhole);
        // An Oz that does not put analyses into the folder has them beside it.
        return found.Analyses is not null ? found : found with { Analyses = await FindAnalysesAsync(folderId, cancellationToken) };
    }

    /// <summary>The analyses of a folder; none where there is no such folder.</summary>
    /// <exception cref="OzApiException">Oz API cannot be asked, or its answer cannot be read.</exception>
    public async Task<IReadOnlyList<OzAnalysis>> FindAnalysesAsync(string folderId, CancellationToken cancellationToken)
    {
        if (await transport.AskAsync($"/api/folders/{Uri.EscapeDataString(folderId)}/analyses/", cancellationToken) is not { } body)
        {
            return [];
        }

        return Read(
            () => IsArray(body) ? OzWire.Read(body, OzJson.Default.IReadOnlyListOzAnalysis) : OzWire.Read(body, OzJson.Default.OzAnalysisPage)?.Items,
            static analyses => analyses.All(static analysis => analysis is not null));
    }

    // A second folder must not hide on a second page: Oz may give fewer at once than were asked for.
    private static bool IsLast(OzFolderPage page, int found) =>
        page.Items!.Count == 0 || (page.Total is { } total ? found >= total : page.Items.Count < Math.Min(page.Limit ?? PageLimit, PageLimit));

    // A list may hold null where a type says it does not.
    private static bool IsWhole(OzFolder? folder) => folder is not null && folder.Analyses?.Any(static analysis => analysis is null) != true;

    // Older versions answer a list with a bare array.
    private static bool IsArray(byte[] body) => body.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'[', ..];

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
        var body = await transport.AskAsync(query, cancellationToken) ?? throw transport.Failed("status");
        return Read(
            () => IsArray(body) ? new OzFolderPage { Items = OzWire.Read(body, OzJson.Default.IReadOnlyListOzFolder) } : OzWire.Read(body, OzJson.Default.OzFolderPage),
            static page => page.Items?.All(IsWhole) == true);
    }

    private T Read<T>(Func<T?> read, Func<T, bool> isWhole)
        where T : class
    {
        try
        {
            return read() is { } document && isWhole(document) ? document : throw transport.Failed("unreadable");
        }
        catch (JsonException)
        {
            throw transport.Failed("unreadable");
        }
    }
}
