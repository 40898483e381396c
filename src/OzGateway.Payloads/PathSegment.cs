namespace OzGateway.Payloads;

/// <summary>One step of a <see cref="MemberPath"/>: a member by name, or every element of an array when the name is absent.</summary>
internal readonly record struct PathSegment(string? Name)
{
    public bool IsEveryElement => Name is null;
}
