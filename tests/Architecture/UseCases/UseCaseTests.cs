using MediatR;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using Recommendation.Application;

namespace Recommendation.Architecture.Tests.UseCases;

public sealed class UseCaseTests
{
    private static readonly Type[] s_types = [.. Product.Types];
    private static readonly Type[] s_requests = [.. UseCaseRules.Requests(s_types)];
    private static readonly Type[] s_planted = typeof(Planted)
        .GetNestedTypes()
        .SelectMany(type => type.GetNestedTypes().Append(type))
        .ToArray();

    [Fact]
    public void Every_request_is_a_use_case_of_the_application()
    {
        Assert.NotEmpty(s_requests);
        Assert.All(s_requests, request => Assert.Equal(Product.AssemblyOf("Application"), request.Assembly));
    }

    [Fact]
    public void Every_request_has_exactly_one_handler() =>
        Assert.Empty(UseCaseRules.NotHandledOnce(s_requests, Services()));

    [Fact]
    public void Every_handler_is_nested_in_its_request() => Assert.Empty(UseCaseRules.HandlersElsewhere(s_types));

    [Fact]
    public void Every_handler_can_be_built_from_the_ports()
    {
        using var provider = Services().BuildServiceProvider(validateScopes: true);
        using var scope = provider.CreateScope();
        Assert.Empty(UseCaseRules.Unresolvable(s_requests, scope.ServiceProvider));
    }

    [Fact]
    public void Every_request_answers_with_a_class() => Assert.Empty(UseCaseRules.AnswersThatAreNoClass(s_requests));

    [Fact]
    public void Every_validator_is_registered() =>
        Assert.Empty(UseCaseRules.IdleValidators(Product.WrittenTypes(Product.AssemblyOf("Application")), Services()));

    [Fact]
    public void The_pipeline_measures_first_and_then_validates() =>
        Assert.Equal(
            ["TelemetryBehaviour`2", "ValidationBehaviour`2"],
            Services()
                .Where(service => service.ServiceType == typeof(IPipelineBehavior<,>))
                .Select(service => service.ImplementationType!.Name)
        );

    [Fact]
    public void Planted_requests_with_no_or_two_handlers_are_found()
    {
        var services = new ServiceCollection();
        services.AddScoped<IRequestHandler<Planted.Twice, string>, Planted.Twice.First>();
        services.AddScoped<IRequestHandler<Planted.Twice, string>, Planted.Twice.Second>();
        services.AddScoped<IRequestHandler<Planted.Incomplete, string>, Planted.Incomplete.Handler>();
        Assert.Equal(
            ["Counted has 0 handlers registered.", "Twice has 2 handlers registered."],
            UseCaseRules.NotHandledOnce(UseCaseRules.Requests(s_planted), services).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_planted_handler_outside_its_request_is_found() =>
        Assert.Equal(
            [$"{typeof(Planted.Stray).FullName} handles Twice but is not nested in it."],
            UseCaseRules.HandlersElsewhere(s_planted)
        );

    [Fact]
    public void A_planted_handler_whose_port_is_missing_is_found()
    {
        var services = new ServiceCollection();
        services.AddScoped<IRequestHandler<Planted.Incomplete, string>, Planted.Incomplete.Handler>();
        using var provider = services.BuildServiceProvider();
        Assert.Contains(
            nameof(IComparable),
            Assert.Single(UseCaseRules.Unresolvable([typeof(Planted.Incomplete)], provider)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_planted_answer_that_is_a_struct_is_found() =>
        Assert.Equal(
            ["Counted answers with Int32."],
            UseCaseRules.AnswersThatAreNoClass(UseCaseRules.Requests(s_planted))
        );

    [Fact]
    public void A_planted_validator_that_nobody_registered_is_found() =>
        Assert.Equal(
            [$"{typeof(Planted.Counted.Validator).FullName} is not registered."],
            UseCaseRules.IdleValidators(s_planted, new ServiceCollection())
        );

    /// <summary>The application over fakes of all its ports.</summary>
    private static ServiceCollection Services()
    {
        var services = new ServiceCollection();
        services.AddRecommendation();
        foreach (
            var port in Product
                .AssemblyOf("Application")
                .GetTypes()
                .Where(type => type is { IsInterface: true, IsPublic: true })
        )
            services.AddSingleton(port, Substitute.For([port], []));
        return services;
    }
}
