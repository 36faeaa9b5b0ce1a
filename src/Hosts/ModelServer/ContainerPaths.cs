using System.CommandLine;

namespace Recommendation.ModelServer;

/// <summary>Where SageMaker puts things and looks for them, under <c>/opt/ml</c> unless told otherwise.</summary>
internal sealed record ContainerPaths(string Root)
{
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
}
