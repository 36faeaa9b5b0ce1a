namespace Recommendation.Application.Ports;

/// <summary>Puts together what a training job elsewhere is to read.</summary>
public interface ITrainingInputs
{
    /// <summary>Writes the list of the log's objects that hold the parts.</summary>
    /// <param name="name">Names the list; the same name again replaces it.</param>
    /// <param name="parts">What to train on.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<TrainingInput> WriteAsync(string name, LogParts parts, CancellationToken cancellationToken);
}

/// <summary>What a training job is to read.</summary>
/// <param name="Location">Where the list is, in the form that the job understands.</param>
/// <param name="Objects">How many objects it names.</param>
/// <param name="Bytes">How many bytes they have as stored.</param>
public sealed record TrainingInput(string Location, int Objects, long Bytes);
