using System.IO.Compression;
using System.Text;

namespace Recommendation.StreamProcessor.Tests.Given;

/// <summary>Small records that cost much if they are decoded whole.</summary>
internal static class Attack
{
    private const int Unpacked = 8 * 1024 * 1024;

    internal static readonly IReadOnlyDictionary<string, Func<byte[]>> All = new Dictionary<string, Func<byte[]>>(
        StringComparer.Ordinal
    )
    {
        ["packed zeros"] = PackedZeros,
        ["packed zeros, 80 times in one record"] = () =>
            Aggregated.Of([.. Enumerable.Repeat(("k", PackedZeros()), 80)]),
        ["zeros"] = () => Zeros(1024 * 1024),
        ["packed empty objects"] = () => Packed(Repeated("{}", Unpacked)),
        ["packed minimal events"] = () => Packed(Repeated("""{"userId":"a","itemId":"b"}""", Unpacked)),
        ["packed nested arrays"] = () => Packed(Repeated(new string('[', 60) + new string(']', 60), Unpacked)),
        ["one event that names its user again and again"] = () => Packed(Fields("\"userId\":[]")),
        ["one event with halves of surrogate pairs"] = () => Packed(Fields("\"userId\":\"\\ud800\"")),
        ["one event with a long user"] = () =>
            Packed($$"""{"userId":"{{new string('x', Unpacked - 100)}}","itemId":"i"}"""),
        ["packed spaces"] = () => Packed(new string(' ', 64 * 1024 * 1024)),
        ["packed and not JSON"] = () => Packed(new string('[', Unpacked - 1)),
        ["tiny user records"] = () => Aggregated.Of([.. Enumerable.Repeat(("k", "x"u8.ToArray()), 60_000)]),
        ["empty arrays as user records"] = () => Aggregated.Of([.. Enumerable.Repeat(("k", "[]"u8.ToArray()), 60_000)]),
        ["packed empty arrays as user records"] = () =>
            Aggregated.Of([.. Enumerable.Repeat(("k", Packed("[]")), 20_000)]),
        ["broken gzip as user records"] = () =>
            Aggregated.Of([.. Enumerable.Repeat(("k", new byte[] { 0x1F, 0x8B, 1 }), 60_000)]),
    };

    internal static byte[] PackedZeros() => Packed(Zeros(Unpacked));

    internal static byte[] Packed(string text) => Packed(Encoding.UTF8.GetBytes(text));

    internal static byte[] Packed(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(bytes);
        return output.ToArray();
    }

    private static byte[] Zeros(int length) => Encoding.UTF8.GetBytes(Repeated("0", length));

    /// <summary>An array of the element, of the length or a little less.</summary>
    private static string Repeated(string element, int length) =>
        $"[{string.Join(',', Enumerable.Repeat(element, (length - 2) / (element.Length + 1)))}]";

    private static string Fields(string field) =>
        $"{{{string.Join(',', Enumerable.Repeat(field, (Unpacked - 2) / (field.Length + 1)))}}}";
}
