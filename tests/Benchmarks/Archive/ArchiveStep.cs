using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Application.Recommendations;
using Recommendation.Aws;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Benchmarks.Archive;

/// <summary>
/// One of the steps over the archive, in a process with the memory of its function; prints what it took.
/// </summary>
internal static class ArchiveStep
{
    private static readonly Argument<string> s_step = new("step") { Description = "train, gate, popular or forget." };

    internal static Command Create()
    {
        var command = new Command("archive-step", "Run one step over an archive; called by archive.\n\nExample: "
            + "archive-step train") { s_step };
        command.SetAction(async (parse, cancellationToken) =>
        {
            var services = new ServiceCollection();
            services
                .AddRecommendation()
                .UseAws(
                    AwsFeatures.Table | AwsFeatures.Bucket,
                    Environment.GetEnvironmentVariable,
                    options => options.RequestTimeout = TimeSpan.FromMinutes(2)
                );
            await using var provider = services.BuildServiceProvider();
            await using var scope = provider.CreateAsyncScope();
            var timer = Stopwatch.StartNew();
            var said = await RunAsync(scope.ServiceProvider, parse.GetRequiredValue(s_step), cancellationToken);
            using var process = Process.GetCurrentProcess();
            Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["seconds"] = Math.Round(timer.Elapsed.TotalSeconds, 1),
                ["peakMegabytes"] = process.PeakWorkingSet64 / 1_000_000,
                ["heapLimitMegabytes"] = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1_000_000,
                ["said"] = said,
            }));
            return 0;
        });
        return command;
    }

    private static async Task<string> RunAsync(
        IServiceProvider services,
        string step,
        CancellationToken cancellationToken
    )
    {
        var mediator = services.GetRequiredService<IMediator>();
        switch (step)
        {
            case "train":
                // As the batch processor's step asks for it.
                var most =
                    GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / BatchProcessor.Steps.TrainStep.BytesOfInteraction;
                var trained = await mediator.Send(
                    new TrainModel(Fast: true, Force: true, MaximumInteractions: most),
                    cancellationToken
                );
                return $"{trained.Model.Interactions} interactions of {trained.Model.Users} users; "
                    + $"{string.Join(' ', trained.Verdict.Reasons)}";
            case "gate":
                var gated = await mediator.Send(new GateModel(), cancellationToken);
                return $"passed: {gated.Verdict.Passed}; {string.Join(' ', gated.Verdict.Reasons)}";
            case "popular":
                return string.Join(
                    ", ",
                    (await mediator.Send(new CountPopularWindows(["week", "month"]), cancellationToken)).Windows
                );
            case "forget":
                return await ForgetAsync(services.GetRequiredService<IInteractionLog>(), cancellationToken);
            default:
                throw new ArgumentException($"There is no step '{step}'.", nameof(step));
        }
    }

    private static async Task<string> ForgetAsync(IInteractionLog log, CancellationToken cancellationToken)
    {
        var boundary = new ErasureBoundary { ArrivedAt = TimeProvider.System.GetUtcNow().AddDays(1) };
        var (removed, parts) = (0L, 0);
        foreach (var isSweep in new[] { false, true })
        {
            string? next = null;
            do
            {
                var part = await log.ForgetAsync(
                    new ErasureWork(UserId.Parse("user-0000007"), boundary, next, isSweep),
                    cancellationToken
                );
                (removed, next, parts) = (removed + part.Removed, part.Next, parts + 1);
            }
            while (next is not null);
        }
        return $"{removed} interactions removed in {parts} parts, the sweep included";
    }
}
