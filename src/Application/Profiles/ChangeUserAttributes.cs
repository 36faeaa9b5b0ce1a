using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Profiles;

/// <summary>Changes attributes of a user, whoever changes them meanwhile.</summary>
/// <param name="User">Whose; need not have a profile.</param>
/// <param name="Values">The attributes that change; null removes one.</param>
/// <param name="Replaces">Whether attributes that are not named are removed.</param>
public sealed record ChangeUserAttributes(
    UserId User, IReadOnlyDictionary<string, AttributeValue?> Values, bool Replaces = false)
    : IRequest<FoundUserAttributes>
{
    /// <summary>Precedes the names where types are kept: attributes of users have types of their own.</summary>
    internal const string Prefix = "user:";

    internal sealed class Handler(IUserAttributes attributes, IAttributeShapes shapes)
        : IRequestHandler<ChangeUserAttributes, FoundUserAttributes>
    {
        public async Task<FoundUserAttributes> Handle(
            ChangeUserAttributes request, CancellationToken cancellationToken)
        {
            var values = request.Values.Count == 0
                ? request.Values : await ConformAsync(request.Values, cancellationToken);
            var changed = await attributes.ChangeAsync(
                request.User,
                known =>
                {
                    var before = request.Replaces ? AttributeCodec.Decode([]) : known;
                    var after = UserAttributeRules.Apply(before, values);
                    return UserAttributeRules.ProblemOf(after) is { } problem
                        ? throw new ValidationException(problem) : after;
                },
                cancellationToken);
            return new FoundUserAttributes(request.User, changed);
        }

        private async Task<IReadOnlyDictionary<string, AttributeValue?>> ConformAsync(
            IReadOnlyDictionary<string, AttributeValue?> values, CancellationToken cancellationToken)
        {
            var kept = await shapes.ReadAsync(cancellationToken);
            while (true)
            {
                var schema = new AttributeSchema(OfUsers(kept));
                if (schema.Conform(values, out var conformed) is { } problem)
                    throw new ValidationException(problem);
                if (schema.Added.Count == 0)
                    return conformed;
                kept = await shapes.KeepAsync(
                    schema.Added.ToDictionary(one => Prefix + one.Key, one => one.Value, StringComparer.Ordinal),
                    cancellationToken);
                if (schema.Added.All(one => kept.GetValueOrDefault(Prefix + one.Key) == one.Value))
                    return conformed;
            }
        }

        private static Dictionary<string, AttributeShape> OfUsers(IReadOnlyDictionary<string, AttributeShape> kept) =>
            kept.Where(one => one.Key.StartsWith(Prefix, StringComparison.Ordinal))
                .ToDictionary(one => one.Key[Prefix.Length..], one => one.Value, StringComparer.Ordinal);
    }
}

/// <summary>The attributes of a user.</summary>
public sealed record FoundUserAttributes(UserId User, IReadOnlyDictionary<string, AttributeValue> Attributes);
