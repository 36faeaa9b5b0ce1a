using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Models;

/// <summary>The published models, newest first, and which one is current.</summary>
/// <param name="Candidates">Whether to list candidates whose refitted model is listed, too.</param>
/// <param name="Limit">How many to give at most; 1–1,000.</param>
/// <param name="After">The last model of the page before; null for the first page. Models that are published meanwhile
/// change no later page.</param>
public sealed record ListModels(bool Candidates = false, int Limit = 100, ModelPlace? After = null)
    : IRequest<ListedModels>
{
    internal sealed class Validator : AbstractValidator<ListModels>
    {
        public Validator() =>
            RuleFor(request => request.Limit).InclusiveBetween(1, 1000).WithMessage("Ask for 1–1,000 models.");
    }

    internal sealed class Handler(IModelStore models) : IRequestHandler<ListModels, ListedModels>
    {
        public async Task<ListedModels> Handle(ListModels request, CancellationToken cancellationToken)
        {
            var all = await models.ListAsync(cancellationToken);
            var refitted = all.Select(model => model.Refit?.Candidate).ToHashSet();
            var found = all
                .Where(model => request.Candidates || !model.IsCandidate || !refitted.Contains(model.Version))
                .Where(model => request.After is not { } after || ModelPlace.Of(model).CompareTo(after) < 0)
                .Take(request.Limit + 1)
                .ToList();
            var page = found.Take(request.Limit).ToList();
            return new ListedModels(
                page,
                await models.CurrentAsync(cancellationToken),
                found.Count > request.Limit ? ModelPlace.Of(page[^1]) : null
            );
        }
    }
}

/// <summary>Some models, and the pointer.</summary>
/// <param name="Next">Where the next page begins: after this one; null where there is none.</param>
public sealed record ListedModels(
    IReadOnlyList<ModelDescription> Models,
    ModelPointer Current,
    ModelPlace? Next = null
);

/// <summary>A place in the list of models, which goes from the newest down.</summary>
public readonly record struct ModelPlace(DateTimeOffset CreatedAt, ModelVersion Version) : IComparable<ModelPlace>
{
    public static ModelPlace Of(ModelDescription model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(model.CreatedAt, model.Version);
    }

    public int CompareTo(ModelPlace other)
    {
        var order = CreatedAt.UtcTicks.CompareTo(other.CreatedAt.UtcTicks);
        return order == 0 ? Version.CompareTo(other.Version) : order;
    }
}
