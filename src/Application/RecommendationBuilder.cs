using Microsoft.Extensions.DependencyInjection;

namespace Recommendation.Application;

/// <summary>What the platform packages extend: <c>services.AddRecommendation().UseSqlite(folder)</c>.</summary>
public sealed class RecommendationBuilder(IServiceCollection services)
{
    public IServiceCollection Services { get; } = services;
}
