using Recommendation.Application.Ports;

namespace Recommendation.Local.Sqlite;

/// <summary>The ports' exceptions for faults of the database.</summary>
internal static class Faults
{
    internal static Exception OfLog(SqliteFault fault) => new LogUnavailableException(fault.Message, fault);

    internal static Exception OfStore(SqliteFault fault) => new StoreUnavailableException(fault.Message, fault);
}
