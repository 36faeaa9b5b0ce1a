using Recommendation.Application.Ports;
using Recommendation.Local;

namespace Recommendation.Cli.CommandLine;

/// <summary>The data folder of commands that never create one.</summary>
internal static class ExistingData
{
    /// <exception cref="RefusedException">The folder is missing or holds no data.</exception>
    internal static void Require(string folder)
    {
        if (LocalPlatform.HasData(folder))
            return;
        throw RefusedException.Missing(
            Directory.Exists(folder)
                ? $"There are no data in the folder '{folder}'; name another one with --data, or begin with "
                    + "`recommend ingest FILE` or `recommend demo`."
                : $"There is no data folder at '{folder}'; name another one with --data, or begin with "
                    + "`recommend ingest FILE` or `recommend demo`."
        );
    }
}
