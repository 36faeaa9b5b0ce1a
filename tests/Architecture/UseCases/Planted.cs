using FluentValidation;
using MediatR;

namespace Recommendation.Architecture.Tests.UseCases;

/// <summary>Requests and handlers that each break a rule.</summary>
public static class Planted
{
    public sealed record Counted : IRequest<int>
    {
        public sealed class Validator : AbstractValidator<Counted>;
    }

    public sealed record Twice : IRequest<string>
    {
        public sealed class First : IRequestHandler<Twice, string>
        {
            public Task<string> Handle(Twice request, CancellationToken cancellationToken) => Task.FromResult("first");
        }

        public sealed class Second : IRequestHandler<Twice, string>
        {
            public Task<string> Handle(Twice request, CancellationToken cancellationToken) => Task.FromResult("second");
        }
    }

    public sealed record Incomplete : IRequest<string>
    {
        public sealed class Handler(IComparable missing) : IRequestHandler<Incomplete, string>
        {
            public Task<string> Handle(Incomplete request, CancellationToken cancellationToken) =>
                Task.FromResult(missing.ToString()!);
        }
    }

    public sealed class Stray : IRequestHandler<Twice, string>
    {
        public Task<string> Handle(Twice request, CancellationToken cancellationToken) => Task.FromResult("stray");
    }
}
