namespace Recommendation.Modeling.Trainers.Content;

/// <summary>
/// Ridge regression without negative weights, by coordinate descent on the normal equations: the minimum of
/// <c>aᵀAa - 2aᵀb + λ·mean(diag A)·aᵀa</c> over a from 0.
/// </summary>
internal static class KindRegression
{
    private const int Rounds = 300;

    /// <param name="a">A, by row.</param>
    /// <param name="b">b.</param>
    /// <param name="ridge">λ.</param>
    public static double[] Solve(double[,] a, double[] b, double ridge)
    {
        var kinds = b.Length;
        var penalty = ridge * Enumerable.Range(0, kinds).Average(kind => a[kind, kind]);
        var weights = new double[kinds];
        for (var round = 0; round < Rounds; round++)
        {
            for (var kind = 0; kind < kinds; kind++)
            {
                if (a[kind, kind] + penalty <= 0)
                    continue;
                var residual = b[kind];
                for (var other = 0; other < kinds; other++)
                    residual -= other == kind ? 0 : a[kind, other] * weights[other];
                weights[kind] = Math.Max(0, residual / (a[kind, kind] + penalty));
            }
        }
        return weights;
    }

    /// <summary>How much of the squares a prediction with these weights explains: <c>2aᵀb - aᵀAa</c>.</summary>
    public static double Explained(double[,] a, double[] b, double[] weights)
    {
        var explained = 0d;
        for (var kind = 0; kind < b.Length; kind++)
        {
            explained += 2 * weights[kind] * b[kind];
            for (var other = 0; other < b.Length; other++)
                explained -= weights[kind] * a[kind, other] * weights[other];
        }
        return explained;
    }
}
