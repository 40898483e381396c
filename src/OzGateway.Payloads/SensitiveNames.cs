using System.Text;

namespace OzGateway.Payloads;

/// <summary>Reads an answer that is not projected (the start of a session) and refuses it when a sensitive name occurs at any depth, also in JSON that stands in a string.</summary>
public sealed class SensitiveNames
{
    private readonly HashSet<string> _names;

    /// <summary>Prepares the list.</summary>
    /// <param name="names">The names; case, <c>_</c> and <c>-</c> make no difference.</param>
    public SensitiveNames(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        _names = new HashSet<string>(names.Select(MemberNames.Normalize), StringComparer.Ordinal);
    }

    /// <summary>Whether a body starts like a JSON object or array, white space and a byte order mark aside: then it must be checked whatever its type says.</summary>
    /// <param name="start">The first bytes of the body.</param>
    public static bool LooksLikeJson(ReadOnlySpan<byte> start) => default(JsonStart).Take(start) is not null;

    /// <summary>Checks a whole document.</summary>
    /// <param name="document">The document; read as strictly as a result.</param>
    /// <param name="limits">The bounds.</param>
    /// <exception cref="PayloadException"><see cref="PayloadFault.SensitiveMember"/>, or the document is no strict JSON.</exception>
    public void Check(ReadOnlySpan<byte> document, PayloadLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var consumer = new SensitiveReader(this, limits);
        var reader = new StrictJsonReader(consumer, limits);
        reader.Read(document);
        reader.Complete();
    }

    internal bool Has(ReadOnlySpan<byte> name) => _names.Contains(MemberNames.Normalize(Encoding.UTF8.GetString(name)));
}
