using System.CommandLine;
using System.Globalization;
using Recommendation.Application.Experiments;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;
using Recommendation.Domain.Experiments;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;

namespace Recommendation.Cli.Commands;

internal static class ExperimentsCommand
{
    private static readonly Argument<string> s_name = new("EXPERIMENT") { Description = "The experiment's name." };
    private static readonly Argument<string> s_winner = new("VARIANT")
    {
        Description = "The variant that everybody "
        + "gets."
    };

    private static readonly Option<string> s_why = new("--why")
    {
        Description = "Why; it is kept with the experiment.",
        HelpName = "TEXT",
        Required = true,
    };

    private static readonly Option<string> s_by = new("--by")
    {
        Description = "Who. Default: the account that runs the command.",
        HelpName = "NAME",
        DefaultValueFactory = _ => Environment.UserName,
    };

    private static readonly Option<string[]> s_variants = new("--variant")
    {
        Description = "A variant and its model: b=MODEL-VERSION. Repeat it for more variants.",
        HelpName = "NAME=MODEL",
        Required = true,
    };

    private static readonly Option<double> s_share = Percent("--share",
        "The share of each variant, in %; the control gets the rest.", 50);
    private static readonly Option<double> s_traffic = Percent("--traffic",
        "The share of the users who take part, in %.", 100);
    private static readonly Option<double> s_holdOut = Percent("--hold-out",
        "The share of the participants who belong to no variant, in %.", 0);
    private static readonly Option<double> s_effect = Percent("--effect", "The lift that it is planned for, in %.", 5);

    private static readonly Option<string> s_metric = new Option<string>("--metric")
    {
        Description = "What decides: clicks per impression, conversions per list, or revenue per list.",
        DefaultValueFactory = _ => "ctr",
    }.AcceptOnlyFromAmong("ctr", "conversion", "revenue");

    private static readonly Option<string?> s_currency = new("--currency")
    {
        Description = "The currency of revenue, such as EUR.",
        HelpName = "CODE",
    };

    private static readonly Option<string[]> s_guardrails = new("--guardrail")
    {
        Description = "A metric that no variant may harm, and the loss that is tolerated, in %: conversion=2.",
        HelpName = "METRIC=LOSS",
    };

    private static readonly Option<string[]> s_overrides = new("--override")
    {
        Description = "A user who gets a variant whatever the hash says, and is not measured: USER=VARIANT.",
        HelpName = "USER=VARIANT",
    };

    private static readonly Option<string?> s_layer = new("--layer")
    {
        Description = "The layer; experiments of one layer share no users. Default: that of the lists.",
        HelpName = "NAME",
    };

    private static readonly Option<bool> s_force = new("--force")
    {
        Description = "Promote a model that the gate "
        + "turned away."
    };

    internal static Command Create() => new Verb(
        "experiments",
        "Compare models on users: start, read, stop and promote experiments.",
        "recommend experiments list")
    {
        new Verb(
            "start", "Start an experiment.",
            "recommend experiments start home --variant b=20101220T160800Z-25eb6585 --share 50 --why \"new trainer\"")
        {
            s_name, s_variants, s_share, s_traffic, s_holdOut, s_metric, s_currency, s_guardrails, s_effect,
            s_overrides, s_layer,
            s_why, s_by,
        }.WorksOn(StartAsync),
        new Verb("list", "Show all experiments.", "recommend experiments list").WorksOn(ListAsync),
        new Verb("show", "Show what an experiment shows so far; as often as you like.",
            "recommend experiments show home")
        {
            s_name,
        }.WorksOn(ShowAsync),
        new Verb("stop", "Stop an experiment: everybody gets what was before.",
            "recommend experiments stop home --why \"no gain\"")
        {
            s_name, s_why, s_by,
        }.WorksOn((session, parse, cancellationToken) => EndAsync(session, parse, promoted: null, cancellationToken)),
        new Verb(
            "promote", "End an experiment, and make the model of a variant the current one.",
            "recommend experiments promote home b --why \"+6 % clicks\"")
        {
            s_name, s_winner, s_force, s_why, s_by,
        }.WorksOn((session, parse, cancellationToken) =>
            EndAsync(session, parse, NameOf(parse.GetValue(s_winner)!), cancellationToken)),
        new Verb(
            "plan", "How many users and days an experiment needs, by the figures of the last 28 days.",
            "recommend experiments plan --effect 5 --share 50")
        {
            s_effect, s_share, s_metric, s_currency,
        }.WorksOn(PlanAsync),
    };

    private static async Task<int> StartAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var share = parse.GetValue(s_share) / 100;
        var started = await session.SendAsync(
            new StartExperiment(
                NameOf(parse.GetValue(s_name)!),
                [
                    .. Pairs("--variant", parse.GetValue(s_variants)!).Select(pair => new ExperimentVariant(
                        NameOf(pair.Name), share, Read(ModelVersion.Parse, pair.Value))),
                ],
                parse.GetValue(s_why)!,
                parse.GetValue(s_by)!)
            {
                Layer = parse.GetValue(s_layer) is { } layer ? NameOf(layer) : null,
                Traffic = parse.GetValue(s_traffic) / 100,
                HoldOut = parse.GetValue(s_holdOut) / 100,
                Metric = ExperimentMetricText.Parse(parse.GetValue(s_metric))!.Value,
                Currency = CurrencyCode.Normalise(parse.GetValue(s_currency)),
                Guardrails = [.. Pairs("--guardrail", parse.GetValue(s_guardrails) ?? []).Select(Guardrail)],
                Effect = parse.GetValue(s_effect) / 100,
                Overrides = Pairs("--override", parse.GetValue(s_overrides) ?? [])
                    .GroupBy(pair => Read(UserId.Parse, pair.Name), pair => NameOf(pair.Value))
                    .ToDictionary(one => one.Key, one => one.Distinct().Count() == 1 ? one.First()
                        : throw new UsageException($"--override gives '{one.Key}' several variants; give one.")),
            },
            cancellationToken);
        return Answer(session, started);
    }

    private static async Task<int> ListAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var listed = await session.SendAsync(new ListExperiments(), cancellationToken);
        session.Terminal.Answer(
            ExperimentsView.Of(listed), CliJson.Default.ExperimentsView, output =>
                ExperimentDrawings.Draw(output, listed));
        return ExitCodes.Done;
    }

    private static async Task<int> ShowAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var shown = await session.SendAsync(new ShowExperiment(NameOf(parse.GetValue(s_name)!)), cancellationToken);
        session.Terminal.Answer(
            ExperimentResultView.Of(shown), CliJson.Default.ExperimentResultView, output =>
                ExperimentDrawings.Draw(output, shown));
        return ExitCodes.Done;
    }

    private static async Task<int> EndAsync(
        Session session, ParseResult parse, ExperimentName? promoted, CancellationToken cancellationToken) =>
        Answer(session, await session.SendAsync(
            new EndExperiment(
                NameOf(parse.GetValue(s_name)!), parse.GetValue(s_why)!, parse.GetValue(s_by)!, promoted,
                promoted is not null && parse.GetValue(s_force)),
            cancellationToken));

    private static async Task<int> PlanAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var request = new PlanExperiment(
            parse.GetValue(s_effect) / 100, parse.GetValue(s_share) / 100,
            ExperimentMetricText.Parse(parse.GetValue(s_metric))!.Value,
            CurrencyCode.Normalise(parse.GetValue(s_currency)));
        var plan = await session.SendAsync(request, cancellationToken);
        session.Terminal.Answer(
            ExperimentPlanView.Of(plan), CliJson.Default.ExperimentPlanView,
            output => output.Line($"{ExperimentPlanView.Of(plan).Sentence}"));
        return ExitCodes.Done;
    }

    private static int Answer(Session session, Experiment experiment)
    {
        session.Terminal.Answer(
            ExperimentView.Of(experiment), CliJson.Default.ExperimentView, output =>
                ExperimentDrawings.Draw(output, experiment));
        return ExitCodes.Done;
    }

    private static Guardrail Guardrail((string Name, string Value) pair) => new(
        ExperimentMetricText.Parse(pair.Name)
            ?? throw new UsageException($"'{pair.Name}' is no metric; --guardrail takes ctr, conversion and revenue."),
        double.TryParse(pair.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var loss)
            ? loss / 100 : throw new UsageException(
                $"'{pair.Value}' is no number of %; --guardrail takes METRIC=LOSS."));

    private static IEnumerable<(string Name, string Value)> Pairs(string option, IEnumerable<string> texts) =>
        texts.Select(text => text.LastIndexOf('=') is > 0 and var at
            ? (text[..at], text[(at + 1)..])
                : throw new UsageException($"'{text}' has no '='; see {option} in the help."));

    private static ExperimentName NameOf(string text) => Read(ExperimentName.Parse, text);

    private static T Read<T>(Func<string, T> parse, string text)
    {
        try
        {
            return parse(text);
        }
        catch (ArgumentException problem)
        {
            throw new UsageException(problem.Message.Split(" (Parameter")[0]);
        }
    }

    private static Option<double> Percent(string name, string description, double value) => new(name)
    {
        Description = description,
        HelpName = "PERCENT",
        DefaultValueFactory = _ => value,
    };
}
