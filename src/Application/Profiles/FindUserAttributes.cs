using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Profiles;

/// <summary>The attributes of a user; none for a user without any.</summary>
public sealed record FindUserAttributes(UserId User) : IRequest<FoundUserAttributes>
{
    internal sealed class Handler(IUserAttributes attributes)
        : IRequestHandler<FindUserAttributes, FoundUserAttributes>
    {
        public async Task<FoundUserAttributes> Handle(
            FindUserAttributes request, CancellationToken cancellationToken) =>
            new(request.User, await attributes.FindAsync(request.User, cancellationToken));
    }
}
