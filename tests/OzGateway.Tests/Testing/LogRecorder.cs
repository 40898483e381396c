using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OzGateway.Tests.Testing;

/// <summary>Everything that was logged: name of the event, and the line with all its values.</summary>
internal sealed class LogRecorder : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IReadOnlyList<LogLine> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Recorder(string category, ConcurrentQueue<LogLine> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(new LogLine(category, logLevel, eventId.Name, $"{formatter(state, exception)} {exception}"));
    }
}

/// <summary>One line.</summary>
internal sealed record LogLine(string Category, LogLevel Level, string? Event, string Text);
