namespace OzGateway.Verdicts;

/// <summary>Endpoint metadata: what a caller must be allowed to.</summary>
/// <param name="Operation">Name of the operation, for access lines.</param>
/// <param name="Rights">The rights; none: any caller may.</param>
internal sealed record RequiredRights(string Operation, BackendRights Rights);
