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

    internal string Failure => Path.Combine(Root, "output", "failure");

    /// <summary>
    /// The files of the channels that hold anything, in the order of their paths: the catalogue, or the interactions.
    /// The catalogue are the channel <c>items</c> and, in any channel, what the bucket has under
    /// <c>training/items/</c>.
    /// </summary>
    internal IEnumerable<string> Files(bool ofCatalogue) => Directory.Exists(Channels)
        ? Directory
            .EnumerateFiles(Channels, "*", SearchOption.AllDirectories)
            .Where(path =>
                !Path.GetFileName(path).StartsWith('.') && !path.EndsWith(PipeManifest, StringComparison.Ordinal)
            )
            .Where(path => new FileInfo(path).Length > 0 && IsOfCatalogue(path) == ofCatalogue)
            .Order(StringComparer.Ordinal)
        : [];

    private bool IsOfCatalogue(string path)
    {
        var below = Path.GetRelativePath(Channels, path).Replace(Path.DirectorySeparatorChar, '/');
        return below.StartsWith("items/", StringComparison.Ordinal)
            || below.Contains("/training/items/", StringComparison.Ordinal);
    }
}
