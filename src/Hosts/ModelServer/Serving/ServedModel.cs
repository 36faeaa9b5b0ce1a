using Recommendation.Modeling.Serving;
using Recommendation.Modeling.Serving.Json;

namespace Recommendation.ModelServer.Serving;

/// <summary>
/// Loads the model while the server already answers that it is not ready; a model that can't be
/// loaded ends the process.
/// </summary>
internal sealed partial class ServedModel(
    ServeOptions options,
    IHostApplicationLifetime lifetime,
    ILogger<ServedModel> logger
) : BackgroundService
{
    private volatile JsonRanker? _ranker;

    /// <summary>Null while the model is being loaded.</summary>
    internal JsonRanker? Ranker => _ranker;

    internal bool HasFailed { get; private set; }

    public override void Dispose()
    {
        _ranker?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            var model = await LoadAsync(stoppingToken);
            _ranker = new JsonRanker(model);
            Serving(model.Version.Value, model.Items);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            HasFailed = true;
            CantServe(options.Paths.Model, problem.Message, problem);
            lifetime.StopApplication();
        }
    }

    /// <summary>SageMaker unpacks the artefact; a packed one is taken as well.</summary>
    private async Task<LoadedModel> LoadAsync(CancellationToken cancellationToken)
    {
        var packed = Path.Combine(options.Paths.Model, "model.tar.gz");
        if (!File.Exists(packed))
            return await LoadedModel.FromFolderAsync(options.Paths.Model, options.EventTypes, cancellationToken);
        await using var artefact = File.OpenRead(packed);
        return await LoadedModel.FromArtefactAsync(artefact, options.EventTypes, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Serving model {Version} with {Items} items.")]
    private partial void Serving(string version, int items);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The model in {Folder} cannot be served. {Problem}")]
    private partial void CantServe(string folder, string problem, Exception exception);
}
