using System.Buffers.Binary;

namespace Recommendation.Simulator.Fuzzing;

/// <summary>Changes valid input a little, in the ways that break decoders.</summary>
internal sealed class Mutator(SeededRandom random)
{
    private static readonly long[] s_numbers =
        [0, 1, -1, 127, 128, 255, 256, short.MaxValue, ushort.MaxValue, int.MaxValue, int.MinValue, uint.MaxValue,
            long.MaxValue, long.MinValue];

    private static readonly byte[] s_letters = [.. "{}[]\",:\\0123456789-+.eE\n\r\t;|\0 "u8, 0x80, 0xC0, 0xED, 0xEF,
        0xFF];

    internal byte[] Mutate(IReadOnlyList<byte[]> corpus)
    {
        var input = random.Pick(corpus).ToArray();
        for (var times = 1 + random.Next(4); times > 0; times--)
            input = Once(input, corpus);
        return input;
    }

    private byte[] Once(byte[] input, IReadOnlyList<byte[]> corpus)
    {
        if (input.Length == 0)
            return [.. random.Pick(corpus)];
        var (place, length) = (random.Next(input.Length), 1 + random.Next(Math.Min(16, input.Length)));
        var end = Math.Min(input.Length, place + length);
        switch (random.Next(9))
        {
            case 0:
                input[place] ^= (byte)(1 << random.Next(8));
                return input;
            case 1:
                input[place] = random.Pick(s_letters);
                return input;
            case 2:
                return [.. input[..place], .. input[end..]];
            case 3:
                return input[..place];
            case 4:
                return [.. input[..end], .. input[place..end], .. input[end..]];
            case 5:
                return [.. input[..place], random.Pick(s_letters), .. input[place..]];
            case 6:
                return Repeat(input, place, end);
            case 7:
                var other = random.Pick(corpus);
                return other.Length == 0 ? input : [.. input[..place], .. other[random.Next(other.Length)..]];
            default:
                return Number(input, place);
        }
    }

    /// <summary>Some bytes many times: what is nested, counted or packed well grows most.</summary>
    private byte[] Repeat(byte[] input, int place, int end)
    {
        var times = 1 << random.Next(13);
        var repeated = new byte[Math.Min(1 << 17, (end - place) * times)];
        for (var i = 0; i < repeated.Length; i++)
            repeated[i] = input[place + (i % (end - place))];
        return [.. input[..place], .. repeated, .. input[end..]];
    }

    private byte[] Number(byte[] input, int place)
    {
        Span<byte> bytes = stackalloc byte[8];
        var number = random.Pick(s_numbers);
        if (random.Next(2) == 0)
            BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        else
            BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        var width = 1 << random.Next(4);
        var part = random.Next(2) == 0 ? bytes[..width] : bytes[(8 - width)..];
        part[..Math.Min(width, input.Length - place)].CopyTo(input.AsSpan(place));
        return input;
    }
}
