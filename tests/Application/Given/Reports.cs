namespace Recommendation.Application.Tests.Given;

/// <summary>Progress that is kept, at once and in order.</summary>
internal sealed class Reports<T>(List<T> kept) : IProgress<T>
{
    public void Report(T value)
    {
        lock (kept)
            kept.Add(value);
    }
}
