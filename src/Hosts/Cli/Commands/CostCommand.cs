using System.CommandLine;
using System.Globalization;
using Recommendation.Aws.Costs;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;

namespace Recommendation.Cli.Commands;

internal static class CostCommand
{
    private static readonly Option<long?> s_events = new("--events")
    {
        Description = "Estimate a stack with so many events a day instead of the four of the documentation.",
        HelpName = "N",
    };

    private static readonly Option<int> s_instances = new("--endpoint-instances")
    {
        Description = "How many SageMaker instances rank; 0 where the batch processor does.",
        HelpName = "N",
    };

    internal static Command Create()
    {
        var command = new Verb(
            "cost",
            "What the deployed stack costs in a month, from stated prices and measured sizes, and the settings that "
                + "its load needs.",
            "recommend cost --events 5000000"
        )
        {
            s_events, s_instances,
        };
        // No session: nothing is read, here or on AWS.
        command.SetAction(parse => Run(new Terminal(parse.GetValue(CommonOptions.Json)), parse));
        return command;
    }

    private static int Run(Terminal terminal, ParseResult parse)
    {
        if (parse.GetValue(s_events) is < 0 or > 10_000_000_000)
            throw new UsageException($"--events is {parse.GetValue(s_events)}; give 0–10,000,000,000.");
        if (parse.GetValue(s_instances) is < 0 or > 1000)
            throw new UsageException($"--endpoint-instances is {parse.GetValue(s_instances)}; give 0–1000.");
        var workloads = parse.GetValue(s_events) is { } events
            ?
            [
                new Workload(string.Create(CultureInfo.InvariantCulture, $"{events:n0} a day"), events)
                {
                    IsProtected = true,
                },
            ]
            : Workload.Documented;
        var calculator = new CostCalculator(new MeasuredSizes());
        var estimates = workloads
            .Select(workload => calculator.Estimate(workload with { EndpointInstances = parse.GetValue(s_instances) }))
            .ToList();
        var document = CostsDocument.Of(estimates, new MeasuredSizes());
        terminal.Answer(document, CliJson.Default.CostsDocument, output => CostDrawing.Draw(output, document));
        return ExitCodes.Done;
    }
}
