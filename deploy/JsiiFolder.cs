namespace Recommendation.Deploy;

/// <summary>
/// The CDK's runtime unpacks 64 MB into the temporary folder and leaves them there. This gives it a
/// folder that is removed.
/// </summary>
internal sealed class JsiiFolder : IDisposable
{
    private const string Variable = "TMPDIR";

    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);

    internal JsiiFolder()
    {
        Path = Directory.CreateTempSubdirectory("recommendation-deploy-").FullName;
        Environment.SetEnvironmentVariable(Variable, Path);
        Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20");
    }

    internal string Path { get; }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, _before);
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // The runtime's process may still be writing while it ends; the system clears its temporary folder later.
        }
    }
}
