using System.Runtime.InteropServices;
using System.Text;

namespace Recommendation.Modeling.Histories;

/// <summary>Users in order with their events, in a temporary file.</summary>
internal sealed class SortedRun : IDisposable
{
    private readonly FileStream _file;
    private readonly BinaryReader _reader;

    private SortedRun(FileStream file) =>
        (_file, _reader) = (file, new(file, Encoding.UTF8, leaveOpen: true));

    /// <param name="folder">Where; null for the system's folder for temporary files.</param>
    /// <param name="users">In order, each once.</param>
    public static SortedRun Write(string? folder, IEnumerable<(string User, List<StoredEvent> Events)> users)
    {
        var file = TemporaryFiles.Create(folder, "histories");
        try
        {
            using var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true);
            foreach (var (user, events) in users)
            {
                writer.Write(user);
                writer.Write(events.Count);
                writer.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(events)));
            }
            return new(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Rewind() => _file.Position = 0;

    /// <returns>The next user, whose events are to be read next; null at the end.</returns>
    public string? NextUser() => _file.Position < _file.Length ? _reader.ReadString() : null;

    /// <summary>Adds the events of the user that was read last.</summary>
    public void ReadEvents(List<StoredEvent> events)
    {
        var count = _reader.ReadInt32();
        var before = events.Count;
        CollectionsMarshal.SetCount(events, before + count);
        _reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(events)[before..]));
    }

    public void Dispose()
    {
        _reader.Dispose();
        _file.Dispose();
    }
}
