using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Recommendation.ModelServer.Tests;

/// <summary>What SageMaker mounts at /opt/ml, in a folder of its own.</summary>
internal sealed class ContainerFolder : IDisposable
{
    private static readonly int[] s_steps = [0, 1, 3, 4, 7, 9];

    internal string Path { get; } = Directory.CreateTempSubdirectory("recommendation-container-").FullName;

    internal string Model => System.IO.Path.Combine(Path, "model");

    internal string? Failure =>
        System.IO.Path.Combine(Path, "output", "failure") is var path && File.Exists(path)
            ? File.ReadAllText(path)
            : null;

    internal ContainerFolder With(string name, string content)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        using var file = File.Create(path);
        using Stream target = name.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionLevel.Fastest)
            : file;
        target.Write(Encoding.UTF8.GetBytes(content));
        return this;
    }

    internal ContainerFolder WithHyperparameters(
        string json = """{"fast":"true","asOf":"2026-03-01T00:00:00Z","sagemaker_region":"eu-west-1"}"""
    ) => With("input/config/hyperparameters.json", json);

    /// <summary>
    /// Events of two tastes: even users like a0…a11, odd ones b0…b11, by JSON Lines as the archive has them.
    /// </summary>
    internal static string Events(int users, Func<int, int, string>? eventId = null)
    {
        var lines = new StringBuilder();
        for (var user = 0; user < users; user++)
        {
            for (var i = 0; i < 6; i++)
            {
                var item = $"{(user % 2 == 0 ? 'a' : 'b')}{((user / 2) + s_steps[i]) % 12}";
                var at = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)
                    .AddDays(i)
                    .AddMinutes(user)
                    .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
                lines
                    .Append(
                        CultureInfo.InvariantCulture,
                        $$"""{"eventId":"{{eventId?.Invoke(user, i) ?? $"{user}-{i}"}}","userId":"u{{user}}","itemId":"{{item}}","interactionType":"view","timestamp":"{{at}}","partition":"p","sequence":"{{(user * 6) + i}}"}"""
                    )
                    .Append('\n');
            }
        }
        return lines.ToString();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
