using System.Text.Json.Serialization;
using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.BatchProcessor.Messages;

/// <summary>An object in S3, as a training job names what it made.</summary>
internal sealed record ObjectLocation(string Bucket, string Key)
{
    internal string Url() => $"s3://{Bucket}/{Key}";
}

/// <summary>A state of the pointer at the current model; opaque to whoever hands it back.</summary>
internal sealed record PointerMessage(string Tag, string? Version = null, string? Previous = null)
{
    internal static PointerMessage From(ModelPointer pointer) =>
        new(pointer.Tag, pointer.Version?.Value, pointer.Previous?.Value);

    /// <exception cref="InvalidInputException">A version in it is none.</exception>
    internal ModelPointer ToPointer()
    {
        try
        {
            return new(VersionOf(Version), VersionOf(Previous), Tag);
        }
        catch (ArgumentException problem)
        {
            throw new InvalidInputException($"expectedPointer: {problem.Message}");
        }
    }

    private static ModelVersion? VersionOf(string? text) => text is null ? null : ModelVersion.Parse(text);
}

/// <summary>Answers <c>gate</c>.</summary>
/// <param name="ModelVersion">The model that was measured.</param>
/// <param name="Passed">Whether it may become the current one.</param>
/// <param name="Reasons">What the gate found, in sentences.</param>
/// <param name="ExpectedPointer">What it compared with; <c>promote</c> takes it.</param>
internal sealed record GateAnswer(
    string ModelVersion,
    bool Passed,
    IReadOnlyList<string> Reasons,
    PointerMessage ExpectedPointer
);

/// <summary>Answers <c>promote</c>.</summary>
/// <param name="ModelVersion">The current model now.</param>
/// <param name="Previous">The one before; null where there was none.</param>
/// <param name="ArtefactUrl">Where its artefact is, for an endpoint that is to serve it.</param>
internal sealed record PromoteAnswer(string ModelVersion, string? Previous, string ArtefactUrl);

/// <summary>Answers <c>training-input</c>.</summary>
/// <param name="Manifest">Where the list of what to read is, as SageMaker takes it.</param>
/// <param name="Objects">How many objects it names.</param>
/// <param name="VolumeGigabytes">The volume that holds them, with room to work.</param>
internal sealed record TrainingInputAnswer(string Manifest, int Objects, int VolumeGigabytes);

/// <summary>Answers <c>train</c>.</summary>
/// <param name="ModelVersion">The model; null where there is too little to train on.</param>
/// <param name="Passed">Whether it is the current one now.</param>
/// <param name="Reasons">What the gate found, in sentences.</param>
internal sealed record TrainAnswer(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? ModelVersion,
    bool Passed,
    IReadOnlyList<string> Reasons
);
