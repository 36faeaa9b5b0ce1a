using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.SampledSoftmax;

/// <summary>
/// How factors learn. The values were selected on held-out items of the training file of a public data set.
/// Neighbouring values score within one standard error, except for the temperature: .15 scores 2 % lower.
/// </summary>
internal sealed record FactorOptions
{
    private const int MinUsers = 500;
    private const int MinItems = 500;
    private const int MaxVisits = 1_500_000;
    private const int MinEpochs = 3;

    public static readonly FactorOptions Default = new();

    /// <summary>
    /// The options for these data. With very many users each user is used in fewer passes. Null if there are too few
    /// data to learn from.
    /// </summary>
    public static FactorOptions? For(SparseMatrix histories)
    {
        if (histories.Columns < MinItems || histories.Rows < MinUsers)
            return null;
        return Default with { Epochs = Math.Clamp(MaxVisits / histories.Rows, MinEpochs, Default.Epochs) };
    }

    /// <summary>How often factors are learned anew, to be used side by side.</summary>
    public int Members { get; init; } = 4;

    /// <summary>Planes of 64 numbers.</summary>
    public int Planes { get; init; } = 2;

    /// <summary>The number of passes over the users.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>The same for vectors that have learned before, from most of the same data.</summary>
    public FactorOptions ToGoOn() => this with { Epochs = (Epochs + 2) / 3 };

    /// <summary>The share of a history that the rest of it is to be found by, drawn anew in each epoch.</summary>
    public double InputShare { get; init; } = 0.7;

    /// <summary>τ: cosines are divided by it; less makes more of the negatives that come close.</summary>
    public float Temperature { get; init; } = 0.07f;

    /// <summary>How many negatives a batch of users shares.</summary>
    public int Negatives { get; init; } = 256;

    /// <summary>
    /// Negatives are drawn by the number of their users to this power: 0 draws all alike, 1 draws what is popular.
    /// </summary>
    public double NegativeExponent { get; init; } = 0.25;

    public float LearningRate { get; init; } = 0.15f;
}
