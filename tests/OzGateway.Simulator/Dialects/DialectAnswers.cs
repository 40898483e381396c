using System.Text.Json;

namespace OzGateway.Simulator.Dialects;

/// <summary>Puts a result into the dialect's wrapper and takes it out again.</summary>
internal static class DialectAnswers
{
    /// <summary>The answer that holds a result.</summary>
    /// <param name="dialect">Names the wrapper.</param>
    /// <param name="result">The result as JSON text; it need not be valid.</param>
    public static string Wrap(Dialect dialect, string result) => dialect.Wrapper switch
    {
        ResultWrapper.None => result,
        ResultWrapper.Member => $"{{\"{dialect.WrapperMember}\":{result}}}",
        ResultWrapper.Array => $"[{result}]",
        ResultWrapper.ArrayInMember => $"{{\"{dialect.WrapperMember}\":[{result}]}}",
        ResultWrapper.JsonInString => $"{{\"{dialect.WrapperMember}\":{JsonSerializer.Serialize(result)}}}",
        _ => throw new InvalidOperationException($"Wrapper '{dialect.Wrapper}' is not known."),
    };

    public static CheckState ReadState(Dialect dialect, string answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return StateOf(dialect, Unwrap(dialect, document.RootElement));
        }
        catch (JsonException)
        {
            return CheckState.Unknown;
        }
    }

    private static JsonElement Unwrap(Dialect dialect, JsonElement answer)
    {
        var inner = answer;
        if (dialect.WrapperMember is { } member && answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(member, out var held))
        {
            inner = held;
        }

        if (inner.ValueKind == JsonValueKind.Array && inner.GetArrayLength() > 0)
        {
            return inner[0];
        }

        return inner.ValueKind == JsonValueKind.String ? JsonElement.Parse(inner.GetString()!) : inner;
    }

    private static CheckState StateOf(Dialect dialect, JsonElement result)
    {
        if (result.ValueKind != JsonValueKind.Object
            || !result.TryGetProperty(dialect.StateMember, out var state)
            || state.ValueKind != JsonValueKind.String)
        {
            return CheckState.Unknown;
        }

        var word = state.GetString();
        return word == dialect.ProcessingWord ? CheckState.Processing
            : word == dialect.FinishedWord ? CheckState.Finished
            : CheckState.Unknown;
    }
}
