using Recommendation.Application.Ports;

namespace Recommendation.Application.Tests.Given;

/// <summary>What goes wrong, for the hooks of the probes.</summary>
internal static class Fault
{
    internal static StoreUnavailableException StoreDown => new("The store does not answer.");

    internal static LogUnavailableException LogDown => new("The log does not answer.");

    internal static Task Throw(Exception problem) => Task.FromException(problem);
}
