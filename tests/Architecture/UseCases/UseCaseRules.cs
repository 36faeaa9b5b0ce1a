using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Recommendation.Architecture.Tests.UseCases;

/// <summary>A missing handler, or a second one, would only show when somebody sends the request.</summary>
internal static class UseCaseRules
{
    internal static IEnumerable<Type> Requests(IEnumerable<Type> types) =>
        types.Where(type => !type.IsAbstract && ResponseOf(type) is not null);

    internal static IEnumerable<string> NotHandledOnce(IEnumerable<Type> requests, IServiceCollection services) =>
        from request in requests
        let count = services.Count(service => service.ServiceType == HandlerOf(request))
        where count != 1
        select $"{request.Name} has {count} handlers registered.";

    internal static IEnumerable<string> HandlersElsewhere(IEnumerable<Type> types) =>
        from type in types.Where(type => type is { IsClass: true, IsAbstract: false })
        from handled in Arguments(type, typeof(IRequestHandler<,>)).Select(arguments => arguments[0])
        where type.DeclaringType != handled
        select $"{type.FullName} handles {handled.Name} but is not nested in it.";

    /// <summary>Requests whose handler can't be built from what is registered, with what is missing.</summary>
    internal static IEnumerable<string> Unresolvable(IEnumerable<Type> requests, IServiceProvider provider)
    {
        foreach (var request in requests)
        {
            Exception? problem = null;
            try
            {
                provider.GetRequiredService(HandlerOf(request));
            }
            catch (InvalidOperationException exception)
            {
                problem = exception;
            }
            if (problem is not null)
                yield return $"{request.Name}: {problem.Message}";
        }
    }

    internal static IEnumerable<string> AnswersThatAreNoClass(IEnumerable<Type> requests) =>
        requests
            .Where(request => ResponseOf(request) is not { IsClass: true })
            .Select(request => $"{request.Name} answers with {ResponseOf(request)!.Name}.");

    internal static IEnumerable<string> IdleValidators(IEnumerable<Type> types, IServiceCollection services) =>
        from validator in types.Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(IValidator)))
        where
            !services.Any(service =>
                service.ImplementationType == validator && validator.IsAssignableTo(service.ServiceType)
            )
        select $"{validator.FullName} is not registered.";

    private static Type HandlerOf(Type request) =>
        typeof(IRequestHandler<,>).MakeGenericType(request, ResponseOf(request)!);

    private static Type? ResponseOf(Type type) =>
        Arguments(type, typeof(IRequest<>)).Select(arguments => arguments[0]).FirstOrDefault();

    private static IEnumerable<Type[]> Arguments(Type type, Type definition) => type.GetInterfaces()
        .Where(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == definition)
        .Select(candidate => candidate.GetGenericArguments());
}
