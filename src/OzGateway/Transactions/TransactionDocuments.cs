using System.Text.Json.Serialization;

namespace OzGateway.Transactions;

/// <summary>Answer of the issuing endpoint.</summary>
/// <param name="TransactionId">The id, 42 characters, to be handed to the plugin and to the customer's backend.</param>
/// <param name="ExpiresAt">Until when it takes a submission.</param>
/// <param name="PluginUrl">Address of the plugin's script with the ticket in it, where the path carries it; else absent.</param>
internal sealed record IssuedTransaction(string TransactionId, DateTimeOffset ExpiresAt, string? PluginUrl);

/// <summary>Answer of <c>transactions/current</c>.</summary>
/// <param name="TransactionId">The id of the user's newest transaction.</param>
/// <param name="State"><c>processing</c> or <c>finished</c>; never an outcome.</param>
/// <param name="ExpiresAt">Until when it takes a submission.</param>
internal sealed record CurrentTransaction(string TransactionId, string State, DateTimeOffset ExpiresAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IssuedTransaction))]
[JsonSerializable(typeof(CurrentTransaction))]
internal sealed partial class TransactionJson : JsonSerializerContext;
