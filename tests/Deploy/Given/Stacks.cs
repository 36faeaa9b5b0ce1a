using System.Text.Json.Nodes;
using Amazon.CDK;
using Recommendation.Deploy.Functions;

namespace Recommendation.Deploy.Tests.Given;

/// <summary>
/// The templates of the environments that the tests look at, each synthesized once, without published functions.
/// </summary>
public sealed class Stacks : IDisposable
{
    internal const string Image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/recommendation-model:1.0";
    internal const string Artefact =
        "s3://recommendation-prod-model-artifacts-123456789012/models/20260101T000000Z-00000000/model.tar.gz";

    private static readonly (string, string) s_email = ("alarms.email", "operators@example.com");

    private readonly JsiiFolder _folder = new();
    private readonly Dictionary<string, SynthesizedTemplate> _made = new(StringComparer.Ordinal);

    /// <summary>The development environment as it is without any setting.</summary>
    internal SynthesizedTemplate Dev => Of("dev");

    /// <summary>The production environment without an image.</summary>
    internal SynthesizedTemplate Prod => Of("prod", s_email);

    /// <summary>Production with everything that is optional.</summary>
    internal SynthesizedTemplate Full => Of("prod", ("model.image", Image), ("model.artefact", Artefact), s_email);

    internal SynthesizedTemplate Of(string? suffix, params (string Key, string Value)[] context)
    {
        var key = $"{suffix} {string.Join(' ', context)}";
        if (!_made.TryGetValue(key, out var template))
            _made[key] = template = Synthesize(
                suffix,
                context.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)
            );
        return template;
    }

    public void Dispose() => _folder.Dispose();

    private SynthesizedTemplate Synthesize(string? suffix, Dictionary<string, string> context)
    {
        var output = System.IO.Path.Combine(_folder.Path, $"cdk-{_made.Count}");
        var assets = System.IO.Path.Combine(_folder.Path, "functions");
        foreach (
            var function in (string[])
                [FunctionAssets.StreamProcessor, FunctionAssets.BatchProcessor, FunctionAssets.AdminApi]
        )
        {
            Directory.CreateDirectory(System.IO.Path.Combine(assets, function));
            File.WriteAllText(
                System.IO.Path.Combine(assets, function, "bootstrap"),
                $"#!/bin/sh\n# stands for {function}\n"
            );
        }
        var app = new App(new AppProps { Outdir = output });
        _ = new RecommendationStack(app, "recommendation", new RecommendationStackProps
        {
            EnvironmentSuffix = suffix,
            Context = context,
            Assets = new FunctionAssets(assets),
            Description = "Recommendation engine: events in, recommendations out",
        });
        app.Synth();
        var file = System.IO.Path.Combine(output, "recommendation.template.json");
        return new SynthesizedTemplate(file, (JsonObject)JsonNode.Parse(File.ReadAllText(file))!);
    }
}

/// <summary>All test classes share one set of templates.</summary>
[CollectionDefinition(Name)]
public sealed class StackCollection : ICollectionFixture<Stacks>
{
    internal const string Name = "stacks";
}
