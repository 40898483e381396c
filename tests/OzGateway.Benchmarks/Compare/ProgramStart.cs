namespace OzGateway.Benchmarks.Compare;

/// <summary>A program to measure and how it is started.</summary>
internal sealed record ProgramStart
{
    /// <summary>A .dll, or an executable.</summary>
    public required string Path { get; init; }

    /// <summary>Its arguments.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Variables, beside those of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The one processor it may use; null for any.</summary>
    public int? Processor { get; init; }

    /// <summary>It shall answer with its counters.</summary>
    public bool WithCounters { get; init; }

    /// <summary>The gateway.</summary>
    public static ProgramStart Gateway(string path, string configurationFile) => new() { Path = path, Arguments = ["run", "--config", configurationFile] };

    /// <summary>Plain YARP, as the demo has it.</summary>
    public static ProgramStart PlainYarp(string path, Uri adapter) => new() { Path = path, Arguments = ["soak-child", "yarp", adapter.AbsoluteUri] };

    /// <summary>The gateway that was built with this program.</summary>
    public static string GatewayBesideThis => System.IO.Path.Combine(AppContext.BaseDirectory, "ozgateway.dll");

    /// <summary>The demo that was built with this program.</summary>
    public static string DemoBesideThis => System.IO.Path.Combine(AppContext.BaseDirectory, "OzGateway.Demo.dll");
}
