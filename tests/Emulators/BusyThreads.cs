namespace Recommendation.Emulators;

/// <summary>Tells how many threads of this process compute or wait for a processor, as Linux shows them.</summary>
internal static class BusyThreads
{
    private const string Threads = "/proc/self/task";

    /// <returns>At least 1, the caller; 1 also where the system does not say.</returns>
    internal static int Count()
    {
        if (!Directory.Exists(Threads))
            return 1;
        return Math.Max(1, Directory.EnumerateDirectories(Threads).Count(IsBusy));
    }

    private static bool IsBusy(string thread)
    {
        try
        {
            // "17 (name of the thread) R …"; a name may hold parentheses.
            var state = File.ReadAllText(Path.Combine(thread, "stat"));
            return state[state.LastIndexOf(')') + 2] == 'R';
        }
        catch (IOException)
        {
            return false; // It ended meanwhile.
        }
    }
}
