using Microsoft.Extensions.Logging;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Local.Files;

/// <summary><c>models/{version}/model.tar.gz</c> with its description, and <c>models/current.json</c>.</summary>
internal sealed class FolderModelStore(string folder, TimeProvider time, ILogger? logger = null)
    : IModelStore, IModelDeletion
{
    // Names of versions don't begin with a dot, so what does is ours.
    private const string Temporary = ".new-";
    private const string Artefact = "model.tar.gz";
    private const string Description = "description.json";
    private const string Current = "current.json";

    private readonly string _folder = Path.Combine(Path.GetFullPath(folder), "models");

    private string CurrentPath => Path.Combine(_folder, Current);

    public Task PutAsync(ModelDescription model, Stream artefact, CancellationToken cancellationToken) =>
        FolderFault.TranslateAsync(
            _folder,
            async () =>
            {
                if (string.Equals(model.Version.Value, Current, StringComparison.OrdinalIgnoreCase))
                    throw new RefusedException(
                        $"A model can't be named '{Current}': that is the name of the pointer to the current one."
                    );
                // Another put may take as long as this one.
                using var guard = await new FolderGuard(Path.Combine(_folder, ".put.lock"), time).EnterAsync(
                    cancellationToken,
                    attempts: 60_000
                );
                if (!Exists(model.Version))
                    await PutNewAsync(model, artefact, cancellationToken);
                return true;
            }
        );

    public Task<Stream?> OpenAsync(ModelVersion version, CancellationToken cancellationToken) =>
        FolderFault.TranslateAsync(_folder, () =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult<Stream?>(Exists(version) ? File.OpenRead(PathOf(version, Artefact)) : null);
        });

    public Task<IReadOnlyList<ModelDescription>> ListAsync(CancellationToken cancellationToken) =>
        FolderFault.TranslateAsync<IReadOnlyList<ModelDescription>>(_folder, async () =>
        {
            var models = new List<ModelDescription>();
            foreach (var path in Directory.Exists(_folder) ? Directory.GetDirectories(_folder) : [])
            {
                var description = Path.Combine(path, Description);
                if (Path.GetFileName(path).StartsWith('.'))
                    continue;
                if (await DamagedFile.SkipAsync(() => ReadAsync(description, cancellationToken), logger) is { } model)
                    models.Add(model);
            }
            return [.. models.OrderByDescending(model => model.CreatedAt).ThenByDescending(model => model.Version)];
        });

    public Task<ModelPointer> CurrentAsync(CancellationToken cancellationToken) =>
        FolderFault.TranslateAsync(_folder, async () => ToPointer(await ReadCurrentAsync(cancellationToken)));

    public Task<ModelPointer> PointAsync(ModelMove move, ModelPointer expected, CancellationToken cancellationToken) =>
        FolderFault.TranslateAsync(
            _folder,
            async () =>
            {
                using var guard = await new FolderGuard(Path.Combine(_folder, ".current.lock"), time).EnterAsync(
                    cancellationToken
                );
                if (!Exists(move.Version))
                    throw PointerRefusal.Unknown(move.Version);
                var document = await ReadCurrentAsync(cancellationToken);
                var current = ToPointer(document);
                if (!string.Equals(current.Tag, expected.Tag, StringComparison.Ordinal))
                    throw PointerRefusal.Moved(current);
                var next = StoredPointerDocument.Next(document, move);
                await AtomicFile.WriteAsync(
                    CurrentPath,
                    next,
                    LocalJson.Default.StoredPointerDocument,
                    cancellationToken
                );
                return next.ToPointer();
            }
        );

    public Task DeleteAsync(ModelVersion version, CancellationToken cancellationToken) =>
        FolderFault.TranslateAsync(
            _folder,
            async () =>
            {
                // Nobody points at it meanwhile.
                using var guard = await new FolderGuard(Path.Combine(_folder, ".current.lock"), time).EnterAsync(
                    cancellationToken
                );
                if (!Exists(version) || ToPointer(await ReadCurrentAsync(cancellationToken)).Version == version)
                    return false;
                // One move: it is there whole or not at all. A process that dies after it leaves a folder that the next
                // put takes away.
                var leftover = Path.Combine(_folder, $"{Temporary}old-{version}");
                DurableMove.Folder(Path.Combine(_folder, version.Value), leftover);
                Directory.Delete(leftover, recursive: true);
                return true;
            }
        );

    private async Task PutNewAsync(ModelDescription model, Stream artefact, CancellationToken cancellationToken)
    {
        // What a process left behind that died in the middle; nobody else puts now.
        foreach (var leftover in Directory.GetDirectories(_folder, Temporary + "*"))
            Directory.Delete(leftover, recursive: true);

        var temporary = Path.Combine(_folder, Temporary + model.Version);
        PrivateFiles.MakeFolder(temporary);
        await AtomicFile.WriteThroughAsync(Path.Combine(temporary, Artefact), artefact, cancellationToken);
        await AtomicFile.WriteAsync(
            Path.Combine(temporary, Description),
            StoredModelDocument.From(model),
            LocalJson.Default.StoredModelDocument,
            cancellationToken
        );
        DurableMove.Folder(temporary, Path.Combine(_folder, model.Version.Value));
    }

    private static async Task<ModelDescription?> ReadAsync(string path, CancellationToken cancellationToken) =>
        (await AtomicFile.ReadAsync(path, LocalJson.Default.StoredModelDocument, cancellationToken))?.As(
            stored => stored.ToModel(),
            path
        );

    private Task<StoredPointerDocument?> ReadCurrentAsync(CancellationToken cancellationToken) =>
        AtomicFile.ReadAsync(CurrentPath, LocalJson.Default.StoredPointerDocument, cancellationToken);

    private ModelPointer ToPointer(StoredPointerDocument? document) =>
        document?.As(stored => stored.ToPointer(), CurrentPath) ?? ModelPointer.None;

    private bool Exists(ModelVersion version) => File.Exists(PathOf(version, Description));

    private string PathOf(ModelVersion version, string file) => Path.Combine(_folder, version.Value, file);
}
