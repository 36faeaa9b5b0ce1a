using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Simulation.Tests.Planted;

/// <summary>A store without optimistic concurrency: what was loaded last is saved over whatever is there.</summary>
public class SavesAnyVersion : DispatchProxy
{
    private IProfileStore _inner = null!;

    internal static void Plant(IServiceCollection services)
    {
        var inner = (IProfileStore)services.Single(one => one.ServiceType == typeof(IProfileStore))
            .ImplementationInstance!;
        var store = Create<IProfileStore, SavesAnyVersion>();
        ((SavesAnyVersion)(object)store)._inner = inner;
        services.Replace(ServiceDescriptor.Singleton(store));
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IProfileStore.SaveAsync)
            ? SaveAsync((IReadOnlyList<UserProfile>)args![0]!, (Position?)args[1], (CancellationToken)args[2]!)
            : targetMethod.Invoke(_inner, args);

    private async Task<IReadOnlyList<SaveOutcome>> SaveAsync(
        IReadOnlyList<UserProfile> profiles, Position? checkpoint, CancellationToken cancellationToken)
    {
        var stored = await _inner.LoadAsync([.. profiles.Select(profile => profile.UserId)], cancellationToken);
        return await _inner.SaveAsync(
            [.. profiles.Select(profile => profile with { Version = stored.GetValueOrDefault(profile.UserId)?.Version
                ?? 0 })],
            checkpoint, cancellationToken);
    }
}
