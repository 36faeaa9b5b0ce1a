namespace Recommendation.Cli.CommandLine;

internal static class ExitCodes
{
    internal const int Done = 0;
    internal const int Failed = 1;
    internal const int WrongUsage = 2;
}
