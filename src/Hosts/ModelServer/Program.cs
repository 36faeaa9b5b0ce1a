using System.CommandLine;
using Recommendation.ModelServer.Serving;
using Recommendation.ModelServer.Training;

// SageMaker runs the image as `docker run IMAGE serve` and `docker run IMAGE train`.
var root = new RootCommand("Serves and trains recommendation models as SageMaker runs containers. See docs/models.md.")
{
    ServeCommand.Create(),
    TrainCommand.Create(),
};
// Both verbs end by themselves when they are told to stop; this is for one that hangs, before SageMaker kills it.
return await root.Parse(args)
    .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(25) });
