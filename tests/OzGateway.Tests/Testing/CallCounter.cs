using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace OzGateway.Tests.Testing;

/// <summary>Counts the calls that are inside a program, from the outermost place.</summary>
internal sealed class CallCounter : IStartupFilter
{
    private int _inFlight;

    /// <summary>How many there are now.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, rest) =>
        {
            Interlocked.Increment(ref _inFlight);
            try
            {
                await rest(context);
            }
            finally
            {
                Interlocked.Decrement(ref _inFlight);
            }
        });
        next(app);
    };
}
