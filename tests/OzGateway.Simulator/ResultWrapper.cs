namespace OzGateway.Simulator;

/// <summary>Where in an answer the result object sits.</summary>
public enum ResultWrapper
{
    /// <summary>The answer is the result: <c>$</c>.</summary>
    None,

    /// <summary>A member of the answer: <c>$.member</c>.</summary>
    Member,

    /// <summary>The only element of an array: <c>$[*]</c>.</summary>
    Array,

    /// <summary>The only element of an array in a member: <c>$.member[*]</c>.</summary>
    ArrayInMember,

    /// <summary>A member whose string holds the result as JSON text: <c>$.member</c>, decoded once more.</summary>
    JsonInString,
}
