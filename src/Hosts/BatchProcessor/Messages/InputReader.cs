using System.Text.Json;
using Recommendation.Domain;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Erasures;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;

namespace Recommendation.BatchProcessor.Messages;

/// <summary>Reads the members of an input, and says which one is wrong.</summary>
internal static class InputReader
{
    /// <exception cref="InvalidInputException">The input is no JSON object of the known members.</exception>
    internal static async Task<BatchInput> ReadAsync(Stream input, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(input, BatchJson.Default.BatchInput, cancellationToken)
                ?? throw new InvalidInputException(
                    "The input is null; give an object with a step, or an event of the schedule."
                );
        }
        catch (JsonException problem)
        {
            throw new InvalidInputException($"The input can't be read: {problem.Message}");
        }
    }

    internal static BatchRunId RequireRun(this BatchInput input) =>
        input.Run() ?? throw new InvalidInputException($"Step '{input.Step}' needs a runId.");

    /// <summary>The run's id; null where none is given.</summary>
    internal static BatchRunId? Run(this BatchInput input) =>
        input.RunId is { } text ? Parse(() => BatchRunId.Parse(text), "runId") : null;

    /// <summary>The erasure's id; null where none is given.</summary>
    internal static ErasureId? Erasure(this BatchInput input) =>
        input.ErasureId is { } text ? Parse(() => ErasureId.Parse(text), "erasureId") : null;

    /// <summary>The model's version; null where none is given.</summary>
    internal static ModelVersion? Model(this BatchInput input) =>
        input.ModelVersion is { } text ? Parse(() => ModelVersion.Parse(text), "modelVersion") : null;

    internal static int RequireSegment(this BatchInput input) =>
        input.Segment ?? throw new InvalidInputException($"Step '{input.Step}' needs a segment's number.");

    internal static IReadOnlyList<UserId>? UserIds(this BatchInput input) => input.Users is { } users
        ? [.. users.Select((user, i) => Parse(() => UserId.Parse(user), $"users[{i}]"))] : null;

    /// <summary>The id that the schedule's run of a day has.</summary>
    internal static BatchRunId ScheduledRun(string? at, string name)
    {
        var time =
            (at is null ? null : Timestamps.Parse(at))
            ?? throw new InvalidInputException(
                at is null
                    ? "Give a runId, or the time of the schedule's event as scheduledAt."
                    : $"{name} is '{at}', which is no time in ISO 8601."
            );
        return BatchRunId.Scheduled(DateOnly.FromDateTime(time.UtcDateTime));
    }

    private static T Parse<T>(Func<T> parse, string name)
    {
        try
        {
            return parse();
        }
        catch (ArgumentException problem)
        {
            throw new InvalidInputException($"{name}: {problem.Message}");
        }
    }
}
