using System.Collections.Concurrent;
using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Application.Scenarios;

/// <summary>Lists of a scenario for several users. What goes wrong for one does not fail the others.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Users">The ids of the users; ids that are not valid are answered with an error.</param>
public sealed record RecommendForUsers(ScenarioName Scenario, IReadOnlyList<string> Users) : IRequest<RecommendedLists>
{
    /// <summary>How many users may be asked for at once.</summary>
    public const int MaximumUsers = 200;

    /// <summary>How many lists are made at once.</summary>
    private const int AtOnce = 8;

    /// <summary>How many items are wanted for each; null for what the scenario says.</summary>
    public int? Count { get; init; }

    /// <summary>What the request leaves out.</summary>
    public ListFilter Filter { get; init; } = ListFilter.None;

    /// <summary>What the request says of itself, for conditions.</summary>
    public IReadOnlyDictionary<string, AttributeValue> Context { get; init; } =
        new Dictionary<string, AttributeValue>(StringComparer.Ordinal);

    internal sealed class Validator : AbstractValidator<RecommendForUsers>
    {
        public Validator()
        {
            RuleFor(request => request.Users.Count).InclusiveBetween(1, MaximumUsers)
                .WithMessage($"Give 1–{MaximumUsers} users.");
            RuleFor(request => request.Count).InclusiveBetween(1, Recommend.MaximumCount)
                .WithMessage($"Ask for 1–{Recommend.MaximumCount} items.");
        }
    }

    internal sealed class Handler(
        IMediator mediator, ScenarioCatalogue catalogue, IScenarios scenarios, ScenarioCompiler compiler,
        ScenarioSchema schema) : IRequestHandler<RecommendForUsers, RecommendedLists>
    {
        public async Task<RecommendedLists> Handle(RecommendForUsers request, CancellationToken cancellationToken)
        {
            // A scenario that is not there is one error, not one for each user.
            await catalogue.FindAsync(request.Scenario, scenarios, compiler, schema, cancellationToken);
            // A user who is given twice gets one list.
            var made = new ConcurrentDictionary<string, RecommendedList>(StringComparer.Ordinal);
            await Parallel.ForEachAsync(
                request.Users.Distinct(StringComparer.Ordinal),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (user, cancelled) => made[user] = await ListAsync(request, user, cancelled));
            return new([.. request.Users.Select(user => made[user])]);
        }

        private async Task<RecommendedList> ListAsync(
            RecommendForUsers request, string user, CancellationToken cancellationToken)
        {
            try
            {
                var one = new RecommendForScenario(request.Scenario, IdOf(user))
                {
                    Count = request.Count,
                    Filter = request.Filter,
                    Context = request.Context,
                };
                return new(user, await mediator.Send(one, cancellationToken), Failure: null);
            }
            catch (Exception failure) when (
                failure is UnavailableException or RefusedException or ValidationException or StoredFormatException)
            {
                return new(user, List: null, failure);
            }
        }

        private static UserId IdOf(string user)
        {
            try
            {
                return UserId.Parse(user);
            }
            catch (ArgumentException problem)
            {
                throw new ValidationException(problem.Message.Split(" (Parameter")[0]);
            }
        }
    }
}

/// <summary>The lists of several users, in the order in which they were given.</summary>
public sealed record RecommendedLists(IReadOnlyList<RecommendedList> Lists);

/// <summary>The list of one of several users.</summary>
/// <param name="User">The id as it was given.</param>
/// <param name="List">The list; null if it could not be made.</param>
/// <param name="Failure">Why not; null otherwise.</param>
public sealed record RecommendedList(string User, ShownList? List, Exception? Failure);
