namespace OzGateway.Demo.Soak;

/// <summary>What a proxy held, for each upload in flight.</summary>
/// <param name="HeldKib">Read from the client and not written to the adapter, in KiB.</param>
/// <param name="GrownKib">Growth of resident memory while the adapter takes nothing, in KiB.</param>
/// <param name="PeakKib">The largest growth until then, in KiB.</param>
internal sealed record UploadHold(double HeldKib, double GrownKib, double PeakKib);
