using FluentValidation;
using MediatR;

namespace Recommendation.Application.Pipeline;

/// <summary>Refuses a request that its validator finds wrong, before the handler sees it.</summary>
internal sealed class ValidationBehaviour<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TResponse>
{
    public async Task<TResponse> Handle(
        TRequest request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<TResponse> next
    )
    {
        foreach (var validator in validators)
        {
            var result = await validator.ValidateAsync(request, cancellationToken);
            if (!result.IsValid)
                throw new ValidationException(
                    string.Join(' ', result.Errors.Select(error => error.ErrorMessage)),
                    result.Errors
                );
        }
        return await next();
    }
}
