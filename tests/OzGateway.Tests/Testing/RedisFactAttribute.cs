namespace OzGateway.Tests.Testing;

/// <summary>A test that needs a real Redis; skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute() => Skip = Reason;

    public static string? Reason =>
        File.Exists(RedisServer.Executable) ? null : $"No redis-server at {RedisServer.Executable}: install it, or name it in OZGATEWAY_REDIS.";
}
