namespace Recommendation.Emulators;

/// <summary>
/// Test projects run side by side, and what they install on the machine they install once: whoever comes first does,
/// and the others wait.
/// </summary>
public static class Turn
{
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until nobody else has the turn.</summary>
    /// <param name="name">What is taken in turns: letters, digits and hyphens.</param>
    /// <returns>Ends the turn when it is disposed of, and so does the end of the process.</returns>
    public static async Task<IAsyncDisposable> TakeAsync(string name)
    {
        var path = Path.Combine(Path.GetTempPath(), $"recommendation-{name}.lock");
        while (true)
        {
            try
            {
                // The file stays: were it deleted, two could hold two files of the same name.
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            }
            catch (IOException)
            {
                // Another process installs; nobody can tell this one when it is done.
                await Task.Delay(s_retry);
            }
        }
    }
}
