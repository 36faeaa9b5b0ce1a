using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;

namespace Recommendation.Application.Feedback;

/// <summary>
/// Takes a user out of the figures that a job derived: the user's sums are added to those of erased users in the same
/// write. It reads the log, so it comes before the log is erased.
/// </summary>
internal sealed class DerivedFeedbackErasure(IDerivedFeedback outputs, PartDerivation derivation) : IErasable
{
    private const int Attempts = 10;

    public string Place => PersonalDataPlaces.Feedback;

    public async Task<ErasedPart> EraseAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await TryAsync(work, cancellationToken) is { } removed)
                    return new ErasedPart(removed);
                if (attempt == Attempts)
                    throw new StoreUnavailableException(
                        "The figures kept changing while the user was taken out of them; the erasure goes on later.");
            }
            catch (LogInputChangedException) when (attempt < Attempts)
            {
                // It is listed again.
            }
        }
    }

    /// <returns>How many sums of the user were removed; null if another process replaced the output.</returns>
    private async Task<long?> TryAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        var part = derivation.Log.PartOf(work.User);
        var known = await outputs.FindAsync(part, cancellationToken);
        if (known is not null && known.Part.Erasures.Contains(
            PartDerivation.NameOf(work.Boundary), StringComparer.Ordinal))
        {
            // Written again, since what it was before may be left by an attempt that was interrupted.
            return await outputs.SaveAsync(known.Part, known, leavesNoTrace: true, cancellationToken) ? 0 : null;
        }
        var input = (await derivation.Log.ListAsync(cancellationToken)).GetValueOrDefault(part);
        if (known is null && input is null)
            return 0;
        var counted = await derivation.CountAsync(
            part, input, known?.Part, await derivation.ErasedAsync(cancellationToken), work, cancellationToken);
        return await outputs.SaveAsync(counted, known, leavesNoTrace: true, cancellationToken)
            ? known?.Part.Users.Keys.LongCount(one => one.User == work.User) ?? 0
            : null;
    }
}
