using System.CommandLine;
using Microsoft.Extensions.Options;
using Recommendation.Application.Ports;
using Recommendation.Import;

namespace Recommendation.ModelServer.Training;

internal static class TrainCommand
{
    private const int Failed = 1;
    private const int Stopped = 143; // 128 + SIGTERM, as shells have it

    internal static Command Create()
    {
        var command = new Command("train", "Train on the files in DIR/input/data and leave the model in DIR/model.")
        {
            ContainerPaths.Option,
        };
        command.SetAction(
            (parse, cancellationToken) =>
                RunAsync(new ContainerPaths(parse.GetRequiredValue(ContainerPaths.Option)), cancellationToken)
        );
        return command;
    }

    /// <summary>
    /// The edge of the host: every failure becomes a sentence in the failure file, where SageMaker shows it.
    /// </summary>
    private static async Task<int> RunAsync(ContainerPaths paths, CancellationToken cancellationToken)
    {
        try
        {
            await new TrainingJob(paths, Console.Out.WriteLine).RunAsync(cancellationToken);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("The training was stopped; it left no model.");
            return Stopped;
        }
        catch (Exception problem)
        {
            var sentence = Explain(problem);
            await Console.Error.WriteLineAsync(sentence);
            Directory.CreateDirectory(Path.GetDirectoryName(paths.Failure)!);
            await File.WriteAllTextAsync(paths.Failure, sentence, CancellationToken.None);
            return Failed;
        }
    }

    private static string Explain(Exception problem) =>
        problem switch
        {
            RefusedException
            or UnavailableException
            or StoredFormatException
            or OptionsValidationException
            or InputException => problem.Message,
            // What a handler is made of could not be made; the container's words for that help nobody.
            InvalidOperationException { InnerException: { } cause } => Explain(cause),
            _ => $"{problem.GetType().Name}: {problem.Message} This is a defect.",
        };
}
