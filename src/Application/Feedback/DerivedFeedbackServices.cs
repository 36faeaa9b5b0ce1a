using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application.Ports;

namespace Recommendation.Application.Feedback;

/// <summary>
/// For a platform that derives the figures of feedback from its log: reads them, and takes erased users out of them. It
/// has an <see cref="ILogInputs"/> and an <see cref="IDerivedFeedback"/>.
/// </summary>
public static class DerivedFeedbackServices
{
    public static IServiceCollection AddDerivedFeedback(this IServiceCollection services) => services
        .AddSingleton<PartDerivation>()
        .AddSingleton<IFeedbackCounts, DerivedCounts>()
        .AddSingleton<IErasable, DerivedFeedbackErasure>();
}
