namespace Recommendation.Local.Sqlite;

/// <summary>
/// What is known of the catalogue, and when it was looked at. Each list asks for it twice, and on a busy server the two
/// transactions that only saw that nothing had changed took a fifth of the time of a request. So a look holds for some
/// milliseconds: a change by another process is seen that much later, one by this process at once.
/// </summary>
/// <param name="clock">Measures the time since a look; not the clock that says what counts as now.</param>
internal sealed class CatalogueLooks(TimeProvider clock)
{
    /// <summary>How long a look holds.</summary>
    internal static readonly TimeSpan Hold = TimeSpan.FromMilliseconds(20);

    private volatile Seen _newest = new(new CatalogueVersion(0), LookedAt: null);
    private long _forgotten;

    /// <summary>Null if it is time to look again.</summary>
    internal CatalogueVersion? Fresh =>
        _newest is { LookedAt: { } at, Version: var version } && at > Volatile.Read(ref _forgotten)
        && clock.GetElapsedTime(at) < Hold ? version : null;

    /// <summary>What is known of the catalogue as the connection's transaction sees it.</summary>
    internal CatalogueVersion Look(Connection connection)
    {
        // Before the transaction sees anything: a change that is made meanwhile makes this look too old.
        var at = clock.GetTimestamp();
        var number = connection.Number("SELECT version FROM catalogue");
        var known = _newest.Version;
        var version = known.Number == number ? known : new CatalogueVersion(number);
        _newest = new Seen(version, at);
        return version;
    }

    /// <summary>Something has changed: earlier looks count no more.</summary>
    internal void Forget() => Volatile.Write(ref _forgotten, clock.GetTimestamp());

    private sealed record Seen(CatalogueVersion Version, long? LookedAt);
}
