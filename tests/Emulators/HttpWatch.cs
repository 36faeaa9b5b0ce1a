using System.Diagnostics.Tracing;

namespace Recommendation.Emulators;

/// <summary>Tells when requests of this process begin and end, whatever client sends them.</summary>
internal sealed class HttpWatch : EventListener
{
    private const string Source = "System.Net.Http";

    private Action<int>? _changed;

    /// <param name="changed">Gets 1 when a request begins and -1 when one ends.</param>
    internal void Begin(Action<int> changed) => _changed = changed;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (string.Equals(eventSource?.Name, Source, StringComparison.Ordinal))
            EnableEvents(eventSource!, EventLevel.Informational);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData?.EventName is "RequestStart")
            _changed?.Invoke(1);
        else if (eventData?.EventName is "RequestStop")
            _changed?.Invoke(-1);
    }
}
