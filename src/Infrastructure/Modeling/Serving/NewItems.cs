using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Modeling.Serving;

/// <summary>
/// Models in which also the items are placed that were added to the catalogue after the training, where the catalogue
/// can be followed.
/// </summary>
internal sealed class NewItems(
    ModelCache models,
    IEnumerable<IItemArrivals> arrivals,
    IEnumerable<IItemCatalog> catalogues,
    IOptions<ModelRankerOptions> options,
    TimeProvider clock,
    ILogger<NewItems> logger)
{
    private readonly ConditionalWeakTable<RankableModel, ExtendedModel> _extended = [];
    private readonly IItemArrivals? _arrivals = arrivals.LastOrDefault();
    private readonly IItemCatalog? _catalogue = catalogues.LastOrDefault();

    /// <summary>The model asked for, or the current one, with the new items.</summary>
    /// <returns>Null if no model has been promoted yet.</returns>
    /// <exception cref="RankerUnavailableException">The model cannot be loaded.</exception>
    public async Task<RankableModel?> GetAsync(ModelVersion? version, CancellationToken cancellationToken)
    {
        var model = await models.GetAsync(version, cancellationToken);
        if (model?.Model.Content is null || _arrivals is null || _catalogue is null)
            return model;
        // By model: a batch run goes on with its own one while another is current.
        return await _extended
            .GetValue(model, trained => new(trained, new(_arrivals, _catalogue), options.Value, clock, logger))
            .GetAsync(cancellationToken);
    }
}
