using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Recommendation.Domain.Experiments;
using Recommendation.Domain.Models;

namespace Recommendation.Domain.Recommendations;

/// <summary>What lists are made with; metrics are reported by it. Ids of lists carry its number.</summary>
/// <param name="Scenario">Which lists: <see cref="DefaultScenario"/> while there are no others.</param>
/// <param name="Model">The model that ranked; null for none.</param>
/// <param name="Experiment">The experiment that the user took part in; null for none.</param>
/// <param name="Variant">The user's variant of it.</param>
public sealed record ListConfiguration(
    string Scenario, ModelVersion? Model, ExperimentName? Experiment = null, ExperimentName? Variant = null)
{
    /// <summary>The scenario of lists that name none.</summary>
    public const string DefaultScenario = "default";

    /// <summary>Stands for feedback that belongs to no list.</summary>
    public static readonly ListConfiguration Unknown = new("", Model: null);

    /// <summary>The number of <see cref="Unknown"/>, and of no other.</summary>
    public const uint UnknownNumber = 0;

    /// <summary>
    /// The number to try: the first 32 bits of SHA-256 over all parts. It is the same in every process, so that two
    /// that begin at once store the same number.
    /// </summary>
    /// <param name="attempt">How many numbers are taken by other configurations.</param>
    public uint NumberOf(int attempt)
    {
        var text = $"{Scenario}\0{Model?.Value}\0{Experiment?.Value}\0{Variant?.Value}";
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        var number = unchecked(BinaryPrimitives.ReadUInt32BigEndian(hash) + (uint)attempt);
        return number == UnknownNumber ? uint.MaxValue : number;
    }
}
