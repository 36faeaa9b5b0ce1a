using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Recommendation.Domain.Items;

/// <summary>
/// Attributes as they were stored. Most readers of an item want its title alone, so that they are read when somebody
/// asks for them.
/// </summary>
internal sealed class StoredAttributes(byte[] bytes) : IReadOnlyDictionary<string, AttributeValue>
{
    internal static readonly IReadOnlyDictionary<string, AttributeValue> None =
        new Dictionary<string, AttributeValue>(StringComparer.Ordinal);

    private Dictionary<string, AttributeValue>? _read;

    public int Count => Read().Count;

    public IEnumerable<string> Keys => Read().Keys;

    public IEnumerable<AttributeValue> Values => Read().Values;

    public AttributeValue this[string key] => Read()[key];

    public bool ContainsKey(string key) => Read().ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out AttributeValue value) =>
        Read().TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, AttributeValue>> GetEnumerator() => Read().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal byte[] ToBytes() => bytes;

    private Dictionary<string, AttributeValue> Read() => _read ??= AttributeCodec.Read(bytes);
}
