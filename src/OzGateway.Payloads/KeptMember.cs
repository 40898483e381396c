using System.Text.RegularExpressions;

namespace OzGateway.Payloads;

/// <summary>A further member that may leave with the state, under its own name.</summary>
/// <param name="Member">Where it sits, from the root of the document; it ends in a name and holds no <c>[*]</c>.</param>
/// <param name="Pattern">What its value, a string, must match as a whole; must work without backtracking.</param>
public sealed record KeptMember(MemberPath Member, Regex Pattern);
