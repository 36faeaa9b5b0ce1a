using Recommendation.Application.Ports;
using Recommendation.Domain.Models;
using Recommendation.Modeling.Serving;

namespace Recommendation.ModelServer.Training;

/// <summary>
/// What a training job leaves: the files of the model in <c>model/</c>, and those of the candidate that was measured in
/// its place in <c>model/candidate/</c>, which SageMaker packs and stores together. The registry compares the candidate
/// with earlier ones later, so here there are none.
/// </summary>
internal sealed class TrainingOutput(ContainerPaths paths) : IModelStore
{
    public async Task PutAsync(ModelDescription model, Stream artefact, CancellationToken cancellationToken)
    {
        var unfinished = Path.Combine(paths.Model, ".unfinished");
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(unfinished);
        try
        {
            await ModelFolder.UnpackAsync(artefact, unfinished, cancellationToken);
            await ModelFolder.NoteMetricsAsync(unfinished, model.Metrics, cancellationToken);
            var target = model.IsCandidate ? Path.Combine(paths.Model, ModelFolder.Candidate) : paths.Model;
            Directory.CreateDirectory(target);
            foreach (var file in Directory.GetFiles(unfinished))
#pragma warning disable RS0030 // SageMaker packs the folder when the process has ended; no power is lost in between.
                File.Move(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
#pragma warning restore RS0030
        }
        finally
        {
            Directory.Delete(unfinished, recursive: true);
        }
    }

    public Task<Stream?> OpenAsync(ModelVersion version, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(null);

    public Task<IReadOnlyList<ModelDescription>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ModelDescription>>([]);

    public Task<ModelPointer> CurrentAsync(CancellationToken cancellationToken) => Task.FromResult(ModelPointer.None);

    public Task<ModelPointer> PointAsync(ModelMove move, ModelPointer expected, CancellationToken cancellationToken) =>
        Task.FromResult(new ModelPointer(move.Version, Previous: null, "output"));
}
