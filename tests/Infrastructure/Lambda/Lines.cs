using System.Text;
using System.Text.Json;
using Recommendation.Lambda.Logging;

namespace Recommendation.Lambda.Tests;

/// <summary>Log lines as they are written.</summary>
internal sealed class Lines : IDisposable
{
    private readonly MemoryStream _stream = new();

    internal Lines() => Output = new StandardOutput(_stream);

    internal StandardOutput Output { get; }

    public void Dispose() => _stream.Dispose();

    internal IReadOnlyList<JsonElement> Read() =>
        [
            .. Encoding
                .UTF8.GetString(_stream.ToArray())
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement),
        ];
}
