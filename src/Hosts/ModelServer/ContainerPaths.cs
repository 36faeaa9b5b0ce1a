using System.CommandLine;

namespace Recommendation.ModelServer;

/// <summary>Where SageMaker puts things and looks for them, under <c>/opt/ml</c> unless told otherwise.</summary>
internal sealed record ContainerPaths(string Root)
{
    private const string PipeManifest = "-manifest";

    internal static readonly Option<string> Option = new("--root")
    {
        Description = "The folder that holds model, input and output.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "/opt/ml",
    };

    internal string Model => Path.Combine(Root, "model");

    internal string Hyperparameters => Path.Combine(Root, "input", "config", "hyperparameters.json");

    internal string Channels => Path.Combine(Root, "input", "data");

    /// <summary>The channel that holds the catalogue; all others hold interactions.</summary>
    internal string Items => Path.Combine(Channels, "items");

    internal string Failure => Path.Combine(Root, "output", "failure");

    /// <summary>The files of a channel that hold anything, in the order of their paths.</summary>
    internal static IEnumerable<string> FilesIn(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(path =>
            !Path.GetFileName(path).StartsWith('.') && !path.EndsWith(PipeManifest, StringComparison.Ordinal))
        .Where(path => new FileInfo(path).Length > 0)
        .Order(StringComparer.Ordinal);
}
