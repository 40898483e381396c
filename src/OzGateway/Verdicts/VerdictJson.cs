using System.Text.Json.Serialization;

namespace OzGateway.Verdicts;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Verdict))]
[JsonSerializable(typeof(UserTransactions))]
[JsonSerializable(typeof(IssuedForUser))]
[JsonSerializable(typeof(Receipt))]
[JsonSerializable(typeof(ReceiptHead))]
[JsonSerializable(typeof(ReceiptClaims))]
[JsonSerializable(typeof(ReceiptKeySet))]
internal sealed partial class VerdictJson : JsonSerializerContext;
