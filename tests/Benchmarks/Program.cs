using System.CommandLine;
using Recommendation.Benchmarks;
using Recommendation.Benchmarks.Api;
using Recommendation.Benchmarks.Archive;
using Recommendation.Benchmarks.Batch;
using Recommendation.Benchmarks.Catalogue;
using Recommendation.Benchmarks.Container;
using Recommendation.Benchmarks.Dynamo;
using Recommendation.Benchmarks.Feedback;
using Recommendation.Benchmarks.Load;
using Recommendation.Benchmarks.Merge;
using Recommendation.Benchmarks.Models;
using Recommendation.Benchmarks.Scale;
using Recommendation.Benchmarks.Served;
using Recommendation.Benchmarks.Stream;

// Each verb prints one JSON line; run with -c Release.
var root = new RootCommand(
    "Measures the engine; each verb prints one JSON line.\n\nExample: dotnet run -c Release --project "
        + "tests/Benchmarks -- ingest"
)
{
    ContainerBenchmark.Create(),
    ExpressionBenchmark.Create(),
    IngestBenchmark.Create(),
    DynamoBenchmark.Create(),
    DynamoStub.Create(),
    ApiBenchmark.Create(),
    ClientBenchmark.Create(),
    FuzzBenchmark.Create(),
    ScoreBenchmark.Create(),
    KernelsBenchmark.Create(),
    BatchBenchmark.Create(),
    CatalogueBenchmark.Create(),
    MergeSoakBenchmark.Create(),
    ArchiveBenchmark.Create(),
    ArchiveStep.Create(),
    CompleteBenchmark.Create(),
    CompleteBenchmark.CreateStep(),
    ScaleBenchmark.Create(),
    ScaleStep.Create(),
    ServedBenchmark.Create(),
    StreamBenchmark.Create(),
    HeavyUserBenchmark.Create(),
    StartBenchmark.Create(),
    SoakBenchmark.Create(),
    SimulateBenchmark.Create(),
    SimulateLoadBenchmark.Create(),
    ExperimentsBenchmark.Create(),
    FeedbackSoakBenchmark.Create(),
    DecoderFuzzBenchmark.Create(),
};
return await root.Parse(args).InvokeAsync();
