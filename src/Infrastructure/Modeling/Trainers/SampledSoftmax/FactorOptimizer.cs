using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.SampledSoftmax;

/// <summary>
/// Learns factors: one part of each history must be found from the rest of it, among drawn items. The loss is a softmax
/// over cosines with a temperature (sampled softmax as in Wu et al., "On the effectiveness of sampled softmax loss for
/// item recommendation", 2022; cosines as in SimpleX, Mao et al. 2021). AdaGrad uses one step size per vector and
/// starts at the eigenvectors of the graph. A user is the sum of the vectors of the history, so users have no
/// parameters of their own, and new users score like known ones. Seeded, and summed in a fixed order.
/// </summary>
internal sealed class FactorOptimizer
{
    private const int Width = BlockProduct.Width;
    private const int BlocksOfBatch = 4;
    private const int Shares = 4;

    private readonly SparseMatrix _histories;
    private readonly FactorOptions _options;
    private readonly Random _random;
    private readonly int _threads;
    private readonly int[] _users;
    private readonly FactorVectors _targets;
    private readonly NegativeItems _negatives;
    private readonly FactorBlock[] _blocks;

    /// <param name="histories">Users × items.</param>
    /// <param name="vectors">Where to begin; they are moved.</param>
    /// <param name="options">The options of the training.</param>
    /// <param name="random">For the order of the users, and what is hidden of them.</param>
    /// <param name="threads">The maximum number of threads. The result does not depend on it.</param>
    public FactorOptimizer(
        SparseMatrix histories,
        FactorPair vectors,
        FactorOptions options,
        Random random,
        int threads
    )
    {
        (_histories, _options, _random, _threads) = (histories, options, random, threads);
        _users = [.. Enumerable.Range(0, histories.Rows).Where(user => histories.IndicesOf(user).Length > 1)];
        _targets = vectors.Targets;
        _negatives = new NegativeItems(histories, options);
        _blocks =
        [
            .. Enumerable
                .Range(0, BlocksOfBatch)
                .Select(_ => new FactorBlock(histories, vectors.Sources, _targets, _negatives, options)),
        ];
    }

    /// <param name="progress">Receives the completed fraction.</param>
    /// <param name="cancellationToken">Checked before each batch.</param>
    public void Train(Action<double> progress, CancellationToken cancellationToken)
    {
        for (var epoch = 0; epoch < _options.Epochs; epoch++)
        {
            _random.Shuffle(_users);
            foreach (var batch in _users.Chunk(Width * BlocksOfBatch))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Learn(batch);
            }
            progress((epoch + 1d) / _options.Epochs);
        }
    }

    private void Learn(int[] batch)
    {
        _negatives.Draw(_targets, _random);
        var blocks = (batch.Length + Width - 1) / Width;
        for (var block = 0; block < blocks; block++)
            _blocks[block].Begin(batch.AsSpan(block * Width, Math.Min(Width, batch.Length - (block * Width))), _random);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _threads };
        Parallel.For(0, blocks, parallel, block => _blocks[block].Run());
        Parallel.For(0, Shares, parallel, share => Step(_blocks.AsSpan(0, blocks), share));
    }

    /// <summary>
    /// Moves a share of the items, each in the same order as it would be alone: by its users, then as
    /// one that was drawn.
    /// </summary>
    private void Step(ReadOnlySpan<FactorBlock> blocks, int share)
    {
        foreach (var block in blocks)
            block.Step(_options.LearningRate, item => item % Shares == share);
        Span<float> gradient = stackalloc float[Width * _options.Planes];
        for (var place = 0; place < _negatives.Count; place++)
        {
            if (_negatives.Items[place] % Shares != share)
                continue;
            gradient.Clear();
            foreach (var block in blocks)
                block.AddNegative(place, gradient);
            _targets.StepOnSphere(_negatives.Items[place], gradient, _options.LearningRate);
        }
    }
}
