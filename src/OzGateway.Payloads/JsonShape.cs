using System.Text;

namespace OzGateway.Payloads;

/// <summary>Listens to the reader of a JSON document in a submission and notes names, kinds and lengths. The root is the part that holds it, or null for a whole body.</summary>
internal sealed class JsonShape(SubmissionShape shape, string? root) : IJsonConsumer
{
    // Deeper than this no adapter is known to look for metadata.
    private const int MaxDepth = 8;

    private readonly Stack<string> _containers = new();
    private string? _name;
    private int _text;
    private long _length;
    private bool _isBlank;

    /// <inheritdoc/>
    public JsonTake Begin(int level, JsonKind kind, long offset)
    {
        var path = _containers.Count == 0 ? root ?? "" : Inner();
        var isEntered = kind is JsonKind.Object or JsonKind.Array;
        if (_containers.Count > 0 || root is null)
        {
            _text = shape.Add(path.Length == 0 ? SubmissionShape.Body : path, KindOf(kind), mediaType: null);
        }

        if (isEntered)
        {
            if (_containers.Count == MaxDepth)
            {
                return JsonTake.Skip;
            }

            _containers.Push(kind == JsonKind.Array ? path + "[]" : path);
            _name = null;
            return JsonTake.Enter;
        }

        (_length, _isBlank) = (0, true);
        return kind == JsonKind.String ? JsonTake.Text : JsonTake.Skip;
    }

    /// <inheritdoc/>
    public void Name(int level, ReadOnlySpan<byte> name, bool isWhole, long offset) =>
        _name = isWhole && NameBook.IsName(name) ? Encoding.ASCII.GetString(name) : "?";

    /// <inheritdoc/>
    public void Text(int level, ReadOnlySpan<byte> piece)
    {
        _length += piece.Length;
        if (_isBlank && piece.TrimStart(" \t\r\n"u8) is { IsEmpty: false } text)
        {
            _isBlank = false;
            if (text[0] is (byte)'{' or (byte)'[')
            {
                shape.Become(_text, ShapeKind.Json);
            }
        }
    }

    /// <inheritdoc/>
    public void EndText(int level, long offset) => shape.Grow(_text, _length);

    /// <inheritdoc/>
    public void End(int level)
    {
        _containers.Pop();
        _name = null;
    }

    private string Inner()
    {
        var container = _containers.Peek();
        return _name is null ? container : container.Length == 0 ? _name : $"{container}.{_name}";
    }

    private static ShapeKind KindOf(JsonKind kind) => kind switch
    {
        JsonKind.Object => ShapeKind.Members,
        JsonKind.Array => ShapeKind.Elements,
        JsonKind.String => ShapeKind.Text,
        _ => ShapeKind.Scalar,
    };
}
