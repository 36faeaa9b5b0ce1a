using MediatR;
using Recommendation.Application.Receipts;
using Recommendation.Domain.Erasures;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Erasures;

/// <summary>
/// Erases a user from every place of <see cref="PersonalDataPlaces"/>. The request is stored before anything is erased,
/// so an interrupted erasure is continued later. What came before the request is erased, also if it is being applied
/// at the moment; what comes after it counts. Asking again is harmless and gives another receipt. Ids that were merged
/// with the user are erased as well, each by an erasure of its own.
/// </summary>
/// <param name="User">Whose data.</param>
/// <param name="Within">How long to carry it out before answering that it is not finished; null for as
/// long as it takes.</param>
public sealed record ForgetUser(UserId User, TimeSpan? Within = null) : IRequest<ForgottenUser>
{
    internal sealed class Handler(ErasureRequests requests, ErasureJob job, ErasureReceipts receipts, TimeProvider time)
        : IRequestHandler<ForgetUser, ForgottenUser>
    {
        public async Task<ForgottenUser> Handle(ForgetUser request, CancellationToken cancellationToken)
        {
            await receipts.RequireKeyAsync(cancellationToken);
            var until = time.GetUtcNow() + request.Within;
            var begun = await requests.BeginAsync(request.User, cancellationToken);
            var erasure = await job.RunAsync(begun[0], until, cancellationToken);
            // Those that the time does not suffice for are open, and are continued as every erasure is.
            foreach (var merged in begun.Skip(1))
                await job.RunAsync(merged, until, cancellationToken);
            return ForgottenUser.From(erasure) with { MergedErasures = [.. begun.Skip(1).Select(one => one.Id)] };
        }
    }
}

/// <summary>An erasure, and how far it is.</summary>
/// <param name="Id">Its name.</param>
/// <param name="User">Who.</param>
/// <param name="RequestedAt">When it was requested, in real time.</param>
/// <param name="ErasedAt">The time of its record in the log.</param>
/// <param name="Found">Whether anything was kept of the user; false for a user who was never seen,
/// or was erased before.</param>
/// <param name="InteractionsCounted">The interactions that the profile had counted.</param>
/// <param name="InteractionsRemoved">The interactions removed from the log so far.</param>
/// <param name="QuarantinedRemoved">The records removed from quarantine so far.</param>
/// <param name="PlacesDone">The places that are done, by their keys.</param>
/// <param name="Problem">Why it was interrupted; null if it was not.</param>
/// <param name="FinishedAt">When everything was erased; null while there is more to do.</param>
/// <param name="Receipt">The signed receipt; null until it is finished.</param>
public sealed record ForgottenUser(
    ErasureId Id,
    UserId User,
    DateTimeOffset RequestedAt,
    DateTimeOffset ErasedAt,
    bool Found,
    long InteractionsCounted,
    long InteractionsRemoved,
    long QuarantinedRemoved,
    IReadOnlyList<string> PlacesDone,
    string? Problem,
    DateTimeOffset? FinishedAt,
    SignedReceipt? Receipt
)
{
    /// <summary>When it is worth going on: set if every place is done once, and is to be swept again then.</summary>
    public DateTimeOffset? SweepAt { get; init; }

    /// <summary>The erasures that began with it, of the ids that were merged with the user.</summary>
    public IReadOnlyList<ErasureId> MergedErasures { get; init; } = [];

    public bool IsFinished => FinishedAt is not null;

    internal static ForgottenUser From(Erasure erasure) =>
        new(
            erasure.Id,
            erasure.User,
            erasure.RequestedAt,
            erasure.Boundary.ArrivedAt,
            erasure.Found,
            erasure.InteractionsCounted,
            erasure.RemovedFrom(PersonalDataPlaces.Log),
            erasure.RemovedFrom(PersonalDataPlaces.Quarantine),
            [.. PersonalDataPlaces.All.Select(place => place.Key).Where(key => IsDone(erasure, key))],
            erasure.Problem,
            erasure.FinishedAt,
            ErasureReceipts.Of(erasure)
        );

    private static bool IsDone(Erasure erasure, string place) =>
        string.Equals(place, PersonalDataPlaces.Profile, StringComparison.Ordinal)
            ? erasure.Boundary.Version > 0
            : erasure.Places.TryGetValue(place, out var progress) && progress.Passes > 0;
}
