using System.Diagnostics.Metrics;
using Amazon.Lambda.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NSubstitute;
using Recommendation.Application.Pipeline;
using Recommendation.Lambda.Logging;
using Recommendation.Lambda.Metrics;

namespace Recommendation.Lambda.Tests;

[Collection("One meter")]
public sealed class FunctionTests : IDisposable
{
    private readonly Lines _lines = new();

    public void Dispose() => _lines.Dispose();

    [Fact]
    public async Task An_invocations_log_lines_and_metrics_carry_its_id()
    {
        using var meter = new Meter(Telemetry.Name);
        using var metrics = new EmfMetrics("shop", _lines.Output, TimeProvider.System);
        using var logging = Logging();
        var sold = meter.CreateCounter<long>("sold");

        await new Invocations(metrics, TimeProvider.System).RunAsync(
            Invocation("id-1", TimeSpan.FromMinutes(1)),
            async cancellationToken =>
            {
                await Task.Yield();
                using (
                    logging
                        .CreateLogger("Shop")
                        .BeginScope(new Dictionary<string, object?>(StringComparer.Ordinal) { ["runId"] = "r-1" })
                )
                    logging
                        .CreateLogger("Shop")
                        .LogWarning(new FormatException("odd"), "{Count} sold of \"{Item}\"", 3, "ä");
                sold.Add(3);
                return cancellationToken.IsCancellationRequested;
            }
        );

        var lines = _lines.Read();
        Assert.Equal(
            ("Warning", "id-1", "Shop"),
            (
                lines[0].GetProperty("level").GetString(),
                lines[0].GetProperty("requestId").GetString(),
                lines[0].GetProperty("category").GetString()
            )
        );
        Assert.Equal("3 sold of \"ä\"", lines[0].GetProperty("message").GetString());
        Assert.Equal(3, lines[0].GetProperty("Count").GetInt32());
        Assert.Equal("r-1", lines[0].GetProperty("runId").GetString());
        Assert.StartsWith(
            "System.FormatException: odd",
            lines[0].GetProperty("exception").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            ("id-1", 3),
            (lines[1].GetProperty("requestId").GetString(), lines[1].GetProperty("sold").GetInt32())
        );
    }

    [Fact]
    public async Task Metrics_are_written_also_when_the_invocation_fails()
    {
        using var meter = new Meter(Telemetry.Name);
        using var metrics = new EmfMetrics("shop", _lines.Output, TimeProvider.System);
        var sold = meter.CreateCounter<long>("sold");

        await Assert.ThrowsAsync<FormatException>(() =>
            new Invocations(metrics, TimeProvider.System).RunAsync<int>(
                Invocation("id", TimeSpan.FromMinutes(1)),
                _ =>
                {
                    sold.Add(1);
                    throw new FormatException();
                }
            )
        );

        Assert.Single(_lines.Read());
    }

    [Theory]
    [InlineData(60_000, 58_000)]
    [InlineData(3_000, 1_500)]
    [InlineData(0, 0)]
    public async Task Work_is_cancelled_before_the_deadline(int left, int expected)
    {
        using var metrics = new EmfMetrics("shop", _lines.Output, TimeProvider.System);
        var time = new TimerTime();

        var isCancelled = await new Invocations(metrics, time).RunAsync(
            Invocation("id", TimeSpan.FromMilliseconds(left)), token => Task.FromResult(token.IsCancellationRequested));

        Assert.Equal(left == 0, isCancelled);
        if (left > 0)
            Assert.Equal(TimeSpan.FromMilliseconds(expected), time.Due);
    }

    [Fact]
    public void A_log_level_that_is_none_is_refused()
    {
        var problem = Assert.Throws<FormatException>(() =>
            new ServiceCollection().AddFunction(name => name is "LOG_LEVEL" ? "loud" : null)
        );
        Assert.Contains("LOG_LEVEL is 'loud'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_log_level_decides_what_is_logged()
    {
        using var provider = new ServiceCollection()
            .AddFunction(name => name is "LOG_LEVEL" ? "error" : null)
            .BuildServiceProvider();
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");

        Assert.False(logger.IsEnabled(LogLevel.Warning));
        Assert.True(logger.IsEnabled(LogLevel.Error));
    }

    private ILoggerFactory Logging() =>
        LoggerFactory.Create(logging =>
            logging.AddProvider(new FunctionLoggerProvider(_lines.Output, TimeProvider.System))
        );

    private static ILambdaContext Invocation(string id, TimeSpan left)
    {
        var context = Substitute.For<ILambdaContext>();
        context.AwsRequestId.Returns(id);
        context.RemainingTime.Returns(left);
        return context;
    }

    /// <summary>Remembers what its only timer was set to.</summary>
    private sealed class TimerTime : TimeProvider
    {
        internal TimeSpan? Due { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime;
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
