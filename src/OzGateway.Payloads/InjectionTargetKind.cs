namespace OzGateway.Payloads;

/// <summary>The kinds of places where metadata may sit.</summary>
internal enum InjectionTargetKind
{
    Json,
    Part,
    PartPerKey,
    Field,
    FieldPerKey,
}
