using System.Security.Cryptography;
using System.Text;

namespace Recommendation.Integration.Tests.Given;

/// <summary>
/// The functions as build/functions.sh publishes them; anew only where a source is newer than what is there.
/// </summary>
internal static class Published
{
    private static readonly SemaphoreSlim s_turn = new(1);
    private static readonly Dictionary<string, string> s_known = new(StringComparer.Ordinal);

    /// <returns>The executable that Lambda starts.</returns>
    internal static async Task<string> BootstrapAsync(string function)
    {
        await s_turn.WaitAsync();
        try
        {
            if (s_known.TryGetValue(function, out var known))
                return known;
            var bootstrap = Repository.PathOf("artifacts", "functions", function, "bootstrap");
            var stamp = Repository.PathOf("artifacts", "functions", $"{function}.sources");
            var sources = await SourcesAsync();
            if (
                !File.Exists(bootstrap)
                || !File.Exists(stamp)
                || !string.Equals(await File.ReadAllTextAsync(stamp), sources, StringComparison.Ordinal)
            )
            {
                await PublishAsync(function);
                await File.WriteAllTextAsync(stamp, sources);
            }
            return s_known[function] = bootstrap;
        }
        finally
        {
            s_turn.Release();
        }
    }

    /// <summary>Into a file: the compiler's server outlives the command and would keep a pipe open.</summary>
    private static async Task PublishAsync(string function)
    {
        var log = Path.Combine(AppContext.BaseDirectory, $"{function}.publish.log");
        try
        {
            await Repository.RunAsync(
                "bash",
                new Dictionary<string, string>(StringComparer.Ordinal),
                "-c",
                "build/functions.sh \"$0\" > \"$1\" 2>&1",
                function,
                log
            );
        }
        catch (InvalidOperationException problem)
        {
            throw new InvalidOperationException(
                $"{function} could not be published: {await File.ReadAllTextAsync(log)}",
                problem
            );
        }
    }

    /// <summary>A hash over the names and bytes of all that a function is built from.</summary>
    private static async Task<string> SourcesAsync()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = new[] { "src", "build" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.Root, "Directory.*"))
            .Where(file => !file.Contains("node_modules", StringComparison.Ordinal));
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(Repository.Root, file)));
            hash.AppendData(await File.ReadAllBytesAsync(file));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
