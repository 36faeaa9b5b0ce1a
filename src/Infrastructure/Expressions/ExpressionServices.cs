using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application.Ports;

namespace Recommendation.Expressions;

/// <summary>Registers the compiler of conditions.</summary>
public static class ExpressionServices
{
    /// <summary>Adds <see cref="IExpressionCompiler"/>.</summary>
    public static IServiceCollection AddExpressions(this IServiceCollection services) =>
        services.AddSingleton<IExpressionCompiler, ExpressionCompiler>();
}
