namespace OzGateway.Simulator.OzApi;

/// <summary>How a broken Oz API reads the folder list's query.</summary>
internal sealed record FolderQueryOptions(bool IgnoreMetadata, bool TimesInMilliseconds)
{
    public static FolderQueryOptions Of(OzApiBreakage breakage) =>
        new(breakage == OzApiBreakage.ForeignFolder, breakage == OzApiBreakage.MillisecondFilters);
}
