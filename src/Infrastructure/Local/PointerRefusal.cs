using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Local;

/// <summary>Why the pointer to the current model did not move.</summary>
internal static class PointerRefusal
{
    internal static RefusedException Unknown(ModelVersion version) =>
        RefusedException.Missing($"There is no model {version}.", NextStep.ListModels);

    internal static RefusedException Moved(ModelPointer current) =>
        new(
            $"The current model was changed to '{current.Version}' in the meantime: compare with that one and point "
                + "again."
        );
}
