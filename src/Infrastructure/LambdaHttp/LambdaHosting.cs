using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recommendation.Lambda;
using Recommendation.LambdaHttp;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What calls the function; the members of the official enumeration that are supported here.</summary>
public enum LambdaEventSource
{
    /// <summary>An HTTP API of API Gateway, payload version 2.0.</summary>
    HttpApi = 1,
}

/// <summary>Hosts ASP.NET Core on Lambda.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// On Lambda, takes requests from the Runtime API instead of a socket, and logs and measures as the other functions
    /// do (<see cref="FunctionServices.AddFunction"/>). Anywhere else it does nothing.
    /// </summary>
    public static IServiceCollection AddAWSLambdaHosting(
        this IServiceCollection services,
        LambdaEventSource eventSource
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        if (eventSource != LambdaEventSource.HttpApi)
            throw new ArgumentOutOfRangeException(
                nameof(eventSource),
                eventSource,
                "Only HTTP APIs with payload version 2.0 are supported."
            );
        if (Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API") is not { Length: > 0 } runtimeApi)
            return services;
        return services.AddHttpApiServer(runtimeApi);
    }

    internal static IServiceCollection AddHttpApiServer(this IServiceCollection services, string runtimeApi)
    {
        services.AddFunction();
        services.RemoveAll<IServer>();
        services.AddSingleton(new RuntimeApiAddress(runtimeApi));
        services.AddSingleton<IServer, HttpApiServer>();
        return services;
    }
}
