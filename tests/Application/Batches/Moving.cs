using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Tests.Batches;

/// <summary>A store whose users become active again while the index is read, and so are listed twice.</summary>
internal static class Moving
{
    internal static void Register(IServiceCollection services, IProfileStore real)
    {
        var moving = Substitute.For<IProfileStore>();
        moving
            .ActiveUsersAsync(default, default, default, default)
            .ReturnsForAnyArgs(call =>
                Twice(
                    real.ActiveUsersAsync(
                        call.ArgAt<int>(0),
                        call.ArgAt<DateOnly>(1),
                        call.ArgAt<DateOnly>(2),
                        call.ArgAt<CancellationToken>(3)
                    )
                )
            );
        services.AddSingleton(moving);
    }

    private static async IAsyncEnumerable<UserId> Twice(IAsyncEnumerable<UserId> users)
    {
        var all = await users.ToListAsync();
        foreach (var user in all.Concat(all))
            yield return user;
    }
}
