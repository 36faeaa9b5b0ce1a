using System.Diagnostics.Metrics;

namespace Recommendation.Lambda.Metrics;

/// <summary>
/// The measurements of one instrument: a sum, the last one, or each distinct value with how often it came.
/// </summary>
internal sealed class MetricValues(Instrument instrument)
{
    private readonly bool _isHistogram = IsOf(instrument, typeof(Histogram<>));
    private readonly bool _isSum = IsOf(instrument, typeof(Counter<>)) || IsOf(instrument, typeof(UpDownCounter<>));
    private readonly Dictionary<double, int> _counts = [];

    /// <summary>The sum or the last measurement; null where the values count.</summary>
    internal double? Single { get; private set; }

    internal IReadOnlyCollection<KeyValuePair<double, int>> Distinct => _counts;

    internal void Add(double value)
    {
        if (!double.IsFinite(value))
            return;
        if (_isHistogram)
            _counts[Rounded(value)] = _counts.GetValueOrDefault(Rounded(value)) + 1;
        else
            Single = _isSum ? (Single ?? 0) + value : value;
    }

    /// <summary>
    /// To three digits, which a percentile is good for; so a thousand measurements are some dozen values.
    /// </summary>
    private static double Rounded(double value)
    {
        if (value == 0)
            return 0;
        var scale = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 2);
        return Math.Round(Math.Round(value / scale) * scale, 9);
    }

    private static bool IsOf(Instrument instrument, Type definition) =>
        instrument.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == definition;
}
