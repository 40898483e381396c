using System.Text;

namespace OzGateway.Tests.Telemetry;

/// <summary>One span as it stands in the exported bytes.</summary>
internal sealed record ExportedSpan(string Name, int Kind, string Trace, string Id, string Parent, IReadOnlyList<string> LinkedTraces, IReadOnlyDictionary<string, string> Tags)
{
    public const int Internal = 1;
    public const int Server = 2;
    public const int Client = 3;

    /// <summary>The spans of export requests (opentelemetry.proto.collector.trace.v1), read by field number.</summary>
    public static IReadOnlyList<ExportedSpan> Read(IEnumerable<byte[]> requests) =>
    [
        .. requests.SelectMany(request => Fields(request).Where(field => field.Number == 1))
            .SelectMany(resource => Fields(resource.Bytes).Where(field => field.Number == 2))
            .SelectMany(scope => Fields(scope.Bytes).Where(field => field.Number == 2))
            .Select(span => Of(Fields(span.Bytes))),
    ];

    private static ExportedSpan Of(List<Field> fields) => new(
        Encoding.UTF8.GetString(One(fields, 5).Bytes),
        (int)One(fields, 6).Value,
        Convert.ToHexStringLower(One(fields, 1).Bytes),
        Convert.ToHexStringLower(One(fields, 2).Bytes),
        Convert.ToHexStringLower(One(fields, 4).Bytes),
        [.. fields.Where(field => field.Number == 13).Select(link => Convert.ToHexStringLower(One(Fields(link.Bytes), 1).Bytes))],
        fields.Where(field => field.Number == 9).Select(field => Fields(field.Bytes)).ToDictionary(
            tag => Encoding.UTF8.GetString(One(tag, 1).Bytes),
            tag => string.Concat(Fields(One(tag, 2).Bytes).Select(value => value.Bytes.Length > 0 ? Encoding.UTF8.GetString(value.Bytes) : value.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)))));

    private static Field One(List<Field> fields, int number) => fields.Find(field => field.Number == number) ?? new Field(number, 0, []);

    private static List<Field> Fields(byte[] message)
    {
        var fields = new List<Field>();
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            var (number, wire) = ((int)(key >> 3), (int)(key & 7));
            switch (wire)
            {
                case 0:
                    fields.Add(new Field(number, Varint(message, ref at), []));
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    fields.Add(new Field(number, 0, message[at..(at + length)]));
                    at += length;
                    break;
                default:
                    at += wire == 1 ? 8 : 4;
                    break;
            }
        }

        return fields;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    private sealed record Field(int Number, ulong Value, byte[] Bytes);
}
