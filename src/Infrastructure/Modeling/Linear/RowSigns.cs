namespace Recommendation.Modeling.Linear;

/// <summary>Which weights of a row are kept when it is truncated.</summary>
internal enum RowSigns
{
    /// <summary>The largest above 0.</summary>
    Positive,

    /// <summary>The largest by magnitude, those below 0 as well.</summary>
    Both,
}
