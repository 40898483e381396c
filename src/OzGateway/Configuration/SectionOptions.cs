namespace OzGateway.Configuration;

/// <summary>A section of a route, or the word <c>none</c> that takes the section away.</summary>
/// <typeparam name="T">The section.</typeparam>
/// <param name="section">What was written; null is the word <c>none</c>.</param>
internal sealed class SectionOptions<T>(T? section)
    where T : class
{
    /// <summary>The word <c>none</c>.</summary>
    public SectionOptions()
        : this(null)
    {
    }

    /// <summary>Whether the word <c>none</c> was written.</summary>
    public bool IsNone => section is null;

    /// <summary>The section; null where the word <c>none</c> was written.</summary>
    public T? Section => section;
}
