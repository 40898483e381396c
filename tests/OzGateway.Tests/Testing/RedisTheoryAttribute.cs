namespace OzGateway.Tests.Testing;

/// <summary>A theory that needs a real Redis; skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RedisTheoryAttribute : TheoryAttribute
{
    public RedisTheoryAttribute() => Skip = RedisFactAttribute.Reason;
}
