namespace OzGateway.Tests.Testing;

/// <summary>A test that needs a real browser; skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => Skip = File.Exists(Executable) ? null : $"No Chromium at {Executable}: install it, or name it in OZGATEWAY_CHROMIUM.";

    public static string Executable => Environment.GetEnvironmentVariable("OZGATEWAY_CHROMIUM") ?? "/usr/bin/chromium";
}
