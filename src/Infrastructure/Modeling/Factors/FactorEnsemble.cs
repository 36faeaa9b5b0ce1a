using Recommendation.Modeling.Spectral;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Factors;

/// <summary>
/// Factors learned several times, each time from other noise and in another order, side by side: their products add up,
/// and what each makes of chance evens out (bagging, Breiman 1996). Two of 128 numbers read 1 to 2 % more than one of
/// 192 that takes as long to learn. They can go on to learn from more data of the same items.
/// </summary>
internal sealed class FactorEnsemble
{
    private const int Seed = 7;

    private readonly FactorOptions _options;
    private readonly FactorPair[] _members;
    private bool _hasLearned;

    /// <param name="start">V: where the vectors begin.</param>
    /// <param name="options">How to train.</param>
    public FactorEnsemble(LowRank start, FactorOptions options)
    {
        _options = options;
        _members =
        [
            .. Enumerable
                .Range(0, options.Members)
                .Select(member => FactorPair.From(start, options.Planes, RandomOf(member))),
        ];
    }

    /// <summary>Learns; less often where it has learned before.</summary>
    /// <param name="histories">Users × items.</param>
    /// <param name="threads">How many threads to use; the result does not depend on it.</param>
    /// <param name="progress">Told the fraction done.</param>
    /// <param name="cancellationToken">Looked at before each batch.</param>
    /// <returns>P and T of all members.</returns>
    public ItemFactors Train(
        SparseMatrix histories,
        int threads,
        Action<double> progress,
        CancellationToken cancellationToken
    )
    {
        var options = _hasLearned ? _options.ToGoOn() : _options;
        for (var member = 0; member < _members.Length; member++)
        {
            var done = member;
            new FactorTrainer(histories, _members[member], options, RandomOf(member), threads)
                .Train(fraction => progress((done + fraction) / _members.Length), cancellationToken);
        }
        _hasLearned = true;
        return new(
            [.. _members.SelectMany(one => one.Sources.Copied())],
            [.. _members.SelectMany(one => one.Targets.Centred())]
        );
    }

    private static Random RandomOf(int member) => new(Seed + member);
}
