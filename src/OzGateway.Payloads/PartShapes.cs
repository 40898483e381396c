using System.Text;

namespace OzGateway.Payloads;

/// <summary>Listens to the reader of a multipart body or a form and notes its parts, and the members of those that are JSON.</summary>
internal sealed class PartShapes(SubmissionShape shape, PayloadLimits limits) : IPartListener
{
    private static readonly string[] NameMarks = ["[", "]"];

    private string _path = "";
    private int _place;
    private long _length;
    private bool _isBlank;
    private StrictJsonReader? _reader;

    /// <inheritdoc/>
    public void Begin(string name, PartHeaders? headers)
    {
        var isText = headers is null || headers.IsText || headers.IsJson;
        _path = NameOf(name);
        _place = shape.Add(_path, isText ? ShapeKind.Text : ShapeKind.File, headers?.ContentType is { } type ? TypeOf(type) : null);
        (_length, _isBlank, _reader) = (0, isText, null);
    }

    /// <inheritdoc/>
    public void Content(ReadOnlySpan<byte> content)
    {
        _length += content.Length;
        if (_isBlank && content.TrimStart(" \t\r\n"u8) is { IsEmpty: false } text)
        {
            _isBlank = false;
            if (text[0] is (byte)'{' or (byte)'[')
            {
                _reader = new StrictJsonReader(new JsonShape(shape, _path), limits);
                shape.Become(_place, ShapeKind.Json);
            }
        }

        if (_reader is { } reader && !content.IsEmpty)
        {
            Read(reader, content, isEnd: false);
        }
    }

    /// <inheritdoc/>
    public void End()
    {
        if (_reader is { } reader)
        {
            Read(reader, content: [], isEnd: true);
        }

        shape.Grow(_place, _length);
    }

    /// <summary>A name of a part as it may be told: brackets belong to the names of forms.</summary>
    private static string NameOf(string name)
    {
        foreach (var piece in name.Split(NameMarks, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Ascii.IsValid(piece) || !NameBook.IsName(Encoding.ASCII.GetBytes(piece)))
            {
                return "?";
            }
        }

        return name;
    }

    private static string TypeOf(string contentType)
    {
        var type = contentType.AsSpan()[..(contentType.IndexOf(';', StringComparison.Ordinal) is >= 0 and var end ? end : contentType.Length)].TrimEnd(' ');
        var bytes = new byte[Encoding.UTF8.GetByteCount(type)];
        Encoding.UTF8.GetBytes(type, bytes);
        var slash = bytes.AsSpan().IndexOf((byte)'/');
        return slash > 0 && NameBook.IsName(bytes.AsSpan(0, slash)) && NameBook.IsName(bytes.AsSpan(slash + 1)) ? type.ToString() : "?";
    }

    /// <summary>Reads on, or to the end; what is no JSON after all is text.</summary>
    private void Read(StrictJsonReader reader, ReadOnlySpan<byte> content, bool isEnd)
    {
        try
        {
            reader.Read(content);
            if (isEnd)
            {
                reader.Complete();
            }
        }
        catch (PayloadException)
        {
            _reader = null;
            shape.Become(_place, ShapeKind.Text);
        }
    }
}
