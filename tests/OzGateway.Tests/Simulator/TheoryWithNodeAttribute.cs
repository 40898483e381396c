namespace OzGateway.Tests.Simulator;

/// <summary>A theory that needs <c>node</c> on the path.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryWithNodeAttribute : TheoryAttribute
{
    public TheoryWithNodeAttribute()
    {
        if (Node.Path is null)
        {
            Skip = "There is no node on the PATH.";
        }
    }
}
