using System.Text.Json;
using Amazon.CDK;
using Recommendation.Deploy;
using Recommendation.Deploy.Functions;
using Recommendation.Deploy.Settings;
using Environment = System.Environment;

using var temporary = new JsiiFolder();
var root = Repository.Root();
var assets = new FunctionAssets(Path.Combine(root, "artifacts", "functions"));
try
{
    var context = CommandLineContext.Read(Environment.GetEnvironmentVariable("CDK_CONTEXT_JSON"));
    var settings = SettingsReader.Read(suffix: null, context);
    assets.BuildMissing(Path.Combine(root, "build", "functions.sh"));
    var app = new App();
    _ = new RecommendationStack(app, $"recommendation-{settings.Suffix}", new RecommendationStackProps
    {
        Description = "Recommendation engine: events in, recommendations out",
        Context = context,
        Assets = assets,
        TerminationProtection = settings.IsProtected,
        Env = new Amazon.CDK.Environment
        {
            Account = Environment.GetEnvironmentVariable("CDK_DEFAULT_ACCOUNT"),
            Region = Environment.GetEnvironmentVariable("CDK_DEFAULT_REGION"),
        },
    });
    app.Synth();
    return 0;
}
catch (Exception problem) when (problem is SettingsException or InvalidOperationException or JsonException)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}
