using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace OzGateway.Payloads;

/// <summary>
/// The header block of one part. Content-Disposition and Content-Type are parsed and written anew; other headers are dropped.
/// Folded, duplicated or odd headers are refused, for two readers would not agree on them.
/// </summary>
internal sealed class PartHeaders(InjectionState state)
{
    // What a file is called when its own name gives a value to a key of ours.
    private const string NeutralFileName = "file";

    private static readonly SearchValues<char> CodecCharacters =
        SearchValues.Create("\" ,-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);
    private bool _isText;

    public string Name { get; private set; } = "";

    public string? FileName { get; private set; }

    public string? ContentType { get; private set; }

    /// <summary>Whether the part says that it is JSON.</summary>
    public bool IsJson { get; private set; }

    /// <summary>Whether the part is a form value: no file name, and text or nothing as its type.</summary>
    public bool IsText => FileName is null && (ContentType is null || _isText);

    /// <summary>Takes one header line, without its line end.</summary>
    public void Add(ReadOnlySpan<byte> line, long offset)
    {
        if (!Utf8.IsValid(line) || line.ContainsAnyInRange((byte)0, (byte)0x1F) || line.Contains((byte)0x7F))
        {
            throw new PayloadException(PayloadFault.MalformedMultipart, offset);
        }

        var text = Encoding.UTF8.GetString(line);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !MediaType.IsToken(text.AsSpan(0, colon)) || !_seen.Add(text[..colon]))
        {
            throw new PayloadException(PayloadFault.MalformedMultipart, offset);
        }

        Take(text[..colon].ToLowerInvariant(), text[(colon + 1)..].Trim(' '), offset);
    }

    /// <summary>Checks the block as a whole.</summary>
    public void Complete(long offset)
    {
        if (Name.Length == 0)
        {
            throw new PayloadException(PayloadFault.MalformedMultipart, offset);
        }
    }

    public void Write(IBufferWriter<byte> output)
    {
        WriteDisposition(Name, output);
        if (FileName is not null)
        {
            output.Write("; filename=\""u8);
            Encoding.UTF8.GetBytes(FileName, output);
            output.Write("\""u8);
        }

        if (ContentType is not null)
        {
            output.Write("\r\nContent-Type: "u8);
            Encoding.UTF8.GetBytes(ContentType, output);
        }

        output.Write("\r\n\r\n"u8);
    }

    /// <summary>Writes the header of a part that the gateway adds, up to and without its line end.</summary>
    public static void WriteDisposition(string name, IBufferWriter<byte> output)
    {
        output.Write("Content-Disposition: form-data; name=\""u8);
        Encoding.UTF8.GetBytes(name, output);
        output.Write("\""u8);
    }

    private void Take(string header, string value, long offset)
    {
        switch (header)
        {
            case "content-disposition":
                TakeDisposition(value, offset);
                break;
            case "content-type":
                TakeType(value, offset);
                break;
            case "content-transfer-encoding" when value.ToLowerInvariant() is not ("7bit" or "8bit" or "binary"):
                throw new PayloadException(PayloadFault.UnsupportedEncoding, offset);
        }
    }

    private void TakeDisposition(string value, long offset)
    {
        var end = value.IndexOf(';', StringComparison.Ordinal);
        var isValid = end > 0 && value.AsSpan(0, end).TrimEnd(' ').Equals("form-data", StringComparison.OrdinalIgnoreCase);
        var rest = end < 0 ? default : value.AsSpan(end);
        while (isValid && !rest.IsEmpty)
        {
            isValid = MediaType.TryReadParameter(ref rest, out var name, out var text) && TakeParameter(name.ToLowerInvariant(), text);
        }

        if (!isValid)
        {
            throw new PayloadException(PayloadFault.MalformedMultipart, offset);
        }
    }

    private bool TakeParameter(string name, string value)
    {
        switch (name)
        {
            case "name" when Name.Length == 0 && value.Length > 0:
                Name = value;
                return true;
            case "filename" when FileName is null:
                FileName = Names(value) ? NeutralFileName : value;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Only what is understood is written: of text and JSON the charset, of recordings the codecs, which browsers write in a form that is no parameter (<c>video/webm;codecs=vp8,opus</c>).</summary>
    private void TakeType(string value, long offset)
    {
        var end = value.IndexOf(';', StringComparison.Ordinal);
        var type = (end < 0 ? value : value[..end]).TrimEnd(' ').ToLowerInvariant();
        var isStrict = MediaType.TryParse(value, out var mediaType);
        if (!MediaType.TryParse(type, out var bare) || type.StartsWith("multipart/", StringComparison.Ordinal) || !Ascii.IsValid(value) || Names(type))
        {
            throw new PayloadException(PayloadFault.MalformedMultipart, offset);
        }

        IsJson = bare.IsJson;
        _isText = bare.IsText || bare.Kind == PayloadKind.Form;
        if (!IsJson && !_isText)
        {
            ContentType = end >= 0 && IsCodecs(value.AsSpan(end + 1)) && !Names(value) ? value : type;
            return;
        }

        var fault = isStrict ? mediaType!.Fault : PayloadFault.MalformedMultipart;
        ContentType = fault is { } found ? throw new PayloadException(found, offset)
            : mediaType!.Charset is { } charset ? $"{type}; charset={charset}" : type;
    }

    private bool Names(string text)
    {
        var isNamed = state.Plan.Keys.IsAssignedIn(text);
        if (isNamed)
        {
            state.CountReplaced();
        }

        return isNamed;
    }

    private static bool IsCodecs(ReadOnlySpan<char> parameters)
    {
        var text = parameters.Trim(' ');
        return text.StartsWith("codecs=", StringComparison.OrdinalIgnoreCase) && !text["codecs=".Length..].ContainsAnyExcept(CodecCharacters);
    }
}
