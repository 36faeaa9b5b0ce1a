using System.Text;
using Recommendation.Emulators;

namespace Recommendation.Integration.Tests;

/// <summary>
/// Whether the Runtime API of these tests is right: AWS's own client for Node.js has to work on it. The client is built
/// from C++ sources when it is installed, so this runs where AWS_LAMBDA_RIC names the folder of such an installation.
/// </summary>
public sealed class RuntimeApiTests
{
    private const string Handler = """
        exports.handler = async (event, context) => {
          if (event.fail) throw new TypeError('as asked')
          const left = context.getRemainingTimeInMillis()
          return { echo: event, id: context.awsRequestId, arn: context.invokedFunctionArn, left: left > 50000 && left <= 60000, trace: process.env._X_AMZN_TRACE_ID }
        }
        """;

    [FactWithRuntimeClient]
    public async Task The_client_of_aws_works_on_it()
    {
        var folder = Directory.CreateTempSubdirectory("recommendation-ric-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "index.js"), Handler);
        await using var api = await RuntimeApi.StartAsync();
        var client = Path.Combine(
            FactWithRuntimeClientAttribute.Folder!,
            "node_modules",
            "aws-lambda-ric",
            "bin",
            "index.mjs"
        );
        await using var function = FunctionProcess.Start(
            "node",
            api,
            new Dictionary<string, string>(StringComparer.Ordinal),
            client,
            Path.Combine(folder, "index.handler")
        );

        var first = await function.InvokeAsync(
            """{"n":1}"""u8.ToArray(),
            traceId: "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1"
        );
        var failed = await function.InvokeAsync("""{"fail":true}"""u8.ToArray());
        var second = await function.InvokeAsync(Encoding.UTF8.GetBytes($$"""{"n":"{{new string('ä', 100_000)}}"}"""));

        Assert.Contains("\"echo\":{\"n\":1}", first.Text, StringComparison.Ordinal);
        Assert.Contains("\"left\":true", first.Text, StringComparison.Ordinal);
        Assert.Contains(
            "\"trace\":\"Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1\"",
            first.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("arn:aws:lambda:", first.Text, StringComparison.Ordinal);
        Assert.True(failed.IsError);
        Assert.Contains("\"errorType\":\"TypeError\"", failed.Text, StringComparison.Ordinal);
        Assert.True(second.Body.Length > 200_000);
        Directory.Delete(folder, recursive: true);
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class FactWithRuntimeClientAttribute : FactAttribute
    {
        internal static readonly string? Folder = Environment.GetEnvironmentVariable("AWS_LAMBDA_RIC");

        public FactWithRuntimeClientAttribute() =>
            Skip = Folder is null ? "AWS_LAMBDA_RIC names no installation of aws-lambda-ric." : null;
    }
}
