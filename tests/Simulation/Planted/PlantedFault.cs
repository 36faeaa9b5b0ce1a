using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Quarantine;
using Recommendation.Simulator.Scripts;

namespace Recommendation.Simulation.Tests.Planted;

/// <summary>A fault that the product had, or that it must never get: a fix undone, in these processes only.</summary>
/// <param name="Plant">Replaces a part of the product.</param>
/// <param name="Rules">Histories in which it can show, and nothing else.</param>
/// <param name="Within">So many seeds find it.</param>
internal sealed record PlantedFault(Action<IServiceCollection> Plant, ScriptRules Rules, int Within)
{
    private static readonly ScriptRules s_withoutErasures = new(ErasureRules.None);

    internal static readonly IReadOnlyDictionary<string, PlantedFault> All = new Dictionary<string, PlantedFault>
    {
        ["an erasure by the time at which it began, beside writes"] = new(
            Replace<ForgetUser, ForgottenUser, ErasureByTime>, new(ErasureRules.BesideWrites, IsStream: false), 3000),
        ["an erasure by the clock of its host"] = new(
            Replace<ForgetUser, ForgottenUser, ErasureByTime>, new(ErasureRules.BesideClocks, IsStream: false), 2000),
        ["an erasure that nobody resumes"] = new(
            Replace<ForgetUser, ForgottenUser, ErasureByTime>, new(ErasureRules.Killed, IsStream: false), 500),
        ["a redriven event under a new id"] = new(Replace<RedriveQuarantine, RedrivenQuarantine, RedriveUnderNewIds>,
            s_withoutErasures, 3000),
        ["quarantine before profiles"] = new(
            services => Around<UpdateProfiles, UpdatedProfiles>(services, (inner, provider) =>
                new QuarantineFirst(inner, provider.GetRequiredService<IQuarantine>())),
            new(ErasureRules.None, IsStream: true), 3000),
        ["rejected records of erased users that come back"] = new(
            services => Around<UpdateProfiles, UpdatedProfiles>(services, (inner, provider) =>
                new QuarantineFirst(inner, provider.GetRequiredService<IQuarantine>())),
            new(ErasureRules.BesideWrites, IsStream: true), 3000),
        ["failures that are not reported"] = new(
            services => Around<UpdateProfiles, UpdatedProfiles>(services, (inner, _) => new SilentFailures(inner)),
                s_withoutErasures, 1000),
        ["saves without a condition"] = new(SavesAnyVersion.Plant, s_withoutErasures, 10_000),
    };

    private static void Replace<TRequest, TResponse, THandler>(IServiceCollection services)
        where TRequest : IRequest<TResponse>
        where THandler : class, IRequestHandler<TRequest, TResponse> =>
        services.Replace(ServiceDescriptor.Scoped<IRequestHandler<TRequest, TResponse>, THandler>());

    private static void Around<TRequest, TResponse>(
        IServiceCollection services, Func<IRequestHandler<TRequest, TResponse>, IServiceProvider,
            IRequestHandler<TRequest, TResponse>> wrap)
        where TRequest : IRequest<TResponse>
    {
        var inner = services.Single(one => one.ServiceType == typeof(IRequestHandler<TRequest, TResponse>))
            .ImplementationType!;
        services.AddScoped(inner);
        services.Replace(ServiceDescriptor.Scoped(provider =>
            wrap((IRequestHandler<TRequest, TResponse>)provider.GetRequiredService(inner), provider)));
    }
}
