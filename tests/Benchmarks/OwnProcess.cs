using System.Diagnostics;

namespace Recommendation.Benchmarks;

/// <summary>
/// This program in a process of its own: started as <c>dotnet file.dll</c> or as the executable itself, whichever this
/// process is.
/// </summary>
internal static class OwnProcess
{
    internal static ProcessStartInfo Of(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var isDotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath!)
            .Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        string[] all = isDotnet ? [typeof(OwnProcess).Assembly.Location, .. arguments] : arguments;
        var start = new ProcessStartInfo(Environment.ProcessPath!, all)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }
}
