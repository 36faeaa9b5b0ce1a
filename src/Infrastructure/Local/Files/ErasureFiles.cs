using System.Globalization;
using System.Text;
using Recommendation.Application.Erasures;
using Recommendation.Domain.Erasures;

namespace Recommendation.Local.Files;

/// <summary>
/// Copies of the records of erasures beside the database, <c>erasures/{id}.json</c>, and for each folder of batch files
/// how far it is erased, in <c>.erased</c>. They tell that a part of the data folder is older than an erasure, as after
/// a restore of that part.
/// </summary>
internal sealed class ErasureFiles(string dataFolder)
{
    internal const string FolderName = "erasures";

    /// <summary>The folders that an erasure rewrites, with the place that they are.</summary>
    internal static readonly (string Name, string Place)[] Rewritten =
    [
        ("batch-runs", PersonalDataPlaces.Segments),
        ("batch-results", PersonalDataPlaces.Lists),
    ];

    private readonly string _folder = Path.Combine(dataFolder, FolderName);

    /// <summary>The ids of the erasures that have a file.</summary>
    internal HashSet<string> Ids() =>
        Directory.Exists(_folder)
            ? Directory
                .EnumerateFiles(_folder, "*.json")
                .Select(path => Path.GetFileNameWithoutExtension(path))
                .ToHashSet(StringComparer.Ordinal)
            : [];

    /// <exception cref="Application.Ports.StoredFormatException">The file is damaged.</exception>
    internal async Task<Erasure> ReadAsync(string id, CancellationToken cancellationToken) =>
        ErasureDocument.Read(await File.ReadAllBytesAsync(PathOf(id), cancellationToken), PathOf(id));

    internal Task WriteAsync(Erasure erasure, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(PathOf(erasure.Id.Value), ErasureDocument.Write(erasure), cancellationToken);

    /// <summary>Up to which finished erasure a folder is erased; null if it does not say.</summary>
    internal async Task<long?> ErasedThroughAsync(string name, CancellationToken cancellationToken)
    {
        var path = MarkerOf(name);
        return File.Exists(path)
            && long.TryParse(
                await File.ReadAllTextAsync(path, cancellationToken),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var number
            )
            ? number
            : null;
    }

    internal Task MarkErasedAsync(string name, long number, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(
            MarkerOf(name),
            Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)),
            cancellationToken
        );

    internal bool IsEmpty(string name) =>
        Path.Combine(dataFolder, name) is var path
        && !(Directory.Exists(path) && Directory.EnumerateDirectories(path).Any());

    private string PathOf(string id) => Path.Combine(_folder, id + ".json");

    private string MarkerOf(string name) => Path.Combine(dataFolder, name, ".erased");
}
