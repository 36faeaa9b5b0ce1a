using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Explaining;

namespace Recommendation.Modeling.Serving;

/// <summary>
/// A model in memory that can be called directly: as the ranker of a container that serves one model, or to explain a
/// score. Thread-safe; the results depend on the arguments only.
/// </summary>
public sealed class LoadedModel : IRanker
{
    private readonly RankableModel _rankable;
    private readonly EventTypeSettings _types;
    private readonly int _threads;

    private LoadedModel(ItemModel model, EventTypeSettings? types, int threads) =>
        (_rankable, _types, _threads) = (new RankableModel(model), types ?? model.EventTypes, threads);

    /// <summary>The model's version.</summary>
    public ModelVersion Version => _rankable.Model.Version;

    internal RankableModel Rankable => _rankable;

    internal EventTypeSettings EventTypes => _types;

    /// <summary>How many items it can recommend.</summary>
    public int Items => _rankable.Model.Items.Length;

    /// <summary>The trainer's parameters by name.</summary>
    public IReadOnlyDictionary<string, double> Parameters => _rankable.Model.Manifest.Parameters;

    /// <summary>Reads <c>model.tar.gz</c>.</summary>
    /// <param name="artefact">The artefact.</param>
    /// <param name="types">Which types hide an item; null for the settings that the model was trained with.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="StoredFormatException">The artefact is damaged, or of a format version that
    /// this release does not
    /// know.</exception>
    public static async Task<LoadedModel> FromArtefactAsync(
        Stream artefact,
        EventTypeSettings? types,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(artefact);
        return new(await ModelArtefactReader.ReadAsync(artefact, cancellationToken), types, Environment.ProcessorCount);
    }

    /// <summary>Reads a folder into which <c>model.tar.gz</c> was unpacked.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="types">Which types hide an item; null for the settings that the model was trained with.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="StoredFormatException">The artefact is damaged, incomplete, or of a format version that this
    /// release does not
    /// know.</exception>
    public static async Task<LoadedModel> FromFolderAsync(
        string folder,
        EventTypeSettings? types,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(folder);
        return new(
            await ModelArtefactReader.ReadFolderAsync(folder, cancellationToken),
            types,
            Environment.ProcessorCount
        );
    }

    /// <inheritdoc/>
    public async Task<RankedUsers> RankAsync(RankUsers request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Model is { } wanted && wanted != Version)
            throw new RankerUnavailableException($"Model '{wanted}' was asked for; this one is '{Version}'.");
        var rankings = await ParallelRanking.RankAllAsync(
            request.Users,
            () => new UserRanker(_rankable, _types).Rank,
            _threads,
            cancellationToken
        );
        return new RankedUsers(Version, rankings);
    }

    /// <summary>Explains the score of an item for a history: all contributions, which add up to the score.</summary>
    /// <param name="history">The history.</param>
    /// <param name="item">The item, in the history or not.</param>
    public Explanation Explain(UserHistory history, ItemId item) => Explanation.Of(_rankable.Model, history, item);

    /// <summary>The items that are most similar to an item.</summary>
    /// <returns>Empty if the model does not know the item.</returns>
    public RankedItems Similar(ItemId item, int count)
    {
        var asked = new RankUser(
            UserId.Parse("similar"),
            [new HistoryEntry(item, _rankable.Model.EventTypes.Interest, default)],
            count,
            [item]
        );
        var ranking = new UserRanker(_rankable, _types).Rank(asked);
        return ranking.Kind == RankingKind.Ranked ? ranking.Items : RankedItems.None;
    }

    /// <summary>How a user's list would change with more interactions in the history.</summary>
    /// <param name="user">The user with the present history.</param>
    /// <param name="added">The interactions to add.</param>
    public WhatIf WhatIf(RankUser user, IEnumerable<HistoryEntry> added)
    {
        ArgumentNullException.ThrowIfNull(user);
        var ranker = new UserRanker(_rankable, _types);
        return new(ranker.Rank(user).Items, ranker.Rank(user with { History = user.History.With(added) }).Items);
    }
}
