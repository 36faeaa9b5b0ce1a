namespace Recommendation.Modeling.Linear;

/// <summary>64 columns of dense rows.</summary>
/// <param name="Values">The rows.</param>
/// <param name="Stride">The length of a row.</param>
/// <param name="Offset">The first of the columns.</param>
internal readonly record struct DenseBlock(float[] Values, int Stride, int Offset);
