using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Experiments;

/// <summary>
/// Assigns users by a salted hash: stable, without storage, and independent between salts. The fraction is the first 32
/// bits of SHA-256(salt, layer, user), divided by 2³².
/// </summary>
public static class Assignment
{
    /// <returns>0 or more, and less than 1; evenly distributed over the users.</returns>
    public static double Fraction(string salt, ExperimentName layer, UserId user)
    {
        ArgumentNullException.ThrowIfNull(salt);
        // None of the three contains the byte 0, so no two combinations give the same bytes.
        Span<byte> buffer = stackalloc byte[512];
        var length = Encoding.UTF8.GetByteCount(salt) + Encoding.UTF8.GetByteCount(user.Value) + layer.Value.Length + 2;
        var bytes = length <= buffer.Length ? buffer[..length] : new byte[length];
        var end = Encoding.UTF8.GetBytes(salt, bytes);
        bytes[end++] = 0;
        end += Encoding.UTF8.GetBytes(layer.Value, bytes[end..]);
        bytes[end++] = 0;
        Encoding.UTF8.GetBytes(user.Value, bytes[end..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash) / 4294967296d;
    }
}
