using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Recommendation.AdminApi.Interactions;
using Recommendation.AdminApi.Security;

namespace Recommendation.AdminApi.OpenApi;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c>, and a page to read and try it at <c>/docs</c>.</summary>
internal static class ApiDescription
{
    private const string Document = "v1";
    private const string Scheme = "key";
    private const string Problem = nameof(Http.ProblemDocument);

    /// <summary>
    /// The page sets styles from its scripts and has pictures in its style sheet; still nothing comes from elsewhere.
    /// </summary>
    internal const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; base-uri 'none'; object-src "
            + "'none'; frame-ancestors 'none'";

    private static readonly Dictionary<string, string> s_tags = new(StringComparer.Ordinal)
    {
        ["health"] = "Whether the process runs and can work.",
        ["overview"] = "The present state on one page.",
        ["interactions"] = "Events: what users do with items.",
        ["impressions"] = "Which items of lists were on screen.",
        ["users"] = "What is kept of a user, and what to offer.",
        ["erasures"] = "Erasures of users, and how far they are.",
        ["items"] = "The catalogue, similar and popular items.",
        ["recommendations"] = "Lists of scenarios.",
        ["scenarios"] = "Rules of lists: filters, boosts, pins, promotions, diversity.",
        ["metrics"] = "Whether recommendations work.",
        ["experiments"] = "Comparisons of models on users.",
        ["batch-runs"] = "Runs that rank the lists of all active users.",
        ["models"] = "Trained models, and which one is current.",
        ["trainings"] = "Trainings of models.",
        ["quarantine"] = "Records that were rejected.",
        ["receipt-key"] = "What receipts of erasure are checked with.",
    };

    internal static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        // More generators of clients read 3.0 than 3.1.
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0;
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer(DescribeAsync);
    });

    internal static void MapApiDescription(this WebApplication app) =>
        app.MapOpenApi("/openapi/{documentName}.json").ExcludeFromDescription();

    internal static void UseApiPage(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/docs", StringComparison.Ordinal))
                context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
            return next(context);
        });
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "Recommendation API";
            page.SwaggerEndpoint("../openapi/v1.json", "Recommendation API");
            page.EnableTryItOutByDefault();
        });
    }

    private static async Task DescribeAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        document.Info = new OpenApiInfo
        {
            Title = "Recommendation API",
            Version = "v1",
            Description =
                "Interactions in, recommendations with reasons out, and what operators need. Errors are problem "
                    + "details (RFC 9457).",
        };
        document.Servers = []; // Wherever it is served from.
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A key of `recommend keys create`; none is needed on loopback while there are no keys.",
            },
        };
        var problem = await context.GetOrCreateSchemaAsync(typeof(Http.ProblemDocument), null, cancellationToken);
        if (problem.Properties?["results"] is OpenApiSchema results)
            results.Items = new OpenApiSchemaReference(nameof(EventResultDocument), document);
        document.AddComponent(Problem, problem);
        foreach (var element in (Type[])[typeof(EventBody), typeof(ImpressionBody)])
            document.AddComponent(element.Name, await context.GetOrCreateSchemaAsync(element, null, cancellationToken));
        document.Tags = document
            .Paths.Keys.Select(path => TagOf(path.TrimStart('/')))
            .Distinct(StringComparer.Ordinal)
            .Select(tag => new OpenApiTag { Name = tag, Description = s_tags[tag] })
            .ToHashSet();
    }

    private static Task DescribeAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var path = context.Description.RelativePath!;
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Tags = new HashSet<OpenApiTagReference> { new(TagOf(path), context.Document) };
        if (metadata.OfType<NeededRole>().FirstOrDefault() is { } needed)
        {
            operation.Description = $"Role: {needed.Role.ToString().ToLowerInvariant()}.";
            operation.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] },
            ];
        }
        Parameters.Describe(operation, path);
        if (metadata.OfType<ReadBody>().FirstOrDefault() is { } read)
            operation.RequestBody = ManyOf(
                new OpenApiSchemaReference(read.Element.Name, context.Document), read.AtMost);
        else if (operation.RequestBody?.Content?["application/json"] is { } body)
            body.Schema = WithoutNull(body.Schema);
        Examples.AddTo(operation, context.Description);
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "Problem details (RFC 9457)",
            Content = OfOne(Http.ProblemDocument.MediaType, new OpenApiSchemaReference(Problem, context.Document)),
        };
        return Task.CompletedTask;
    }

    private static OpenApiRequestBody ManyOf(IOpenApiSchema element, int atMost) => new()
    {
        Required = true,
        Content = OfOne("application/json", new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Items = element,
            MinItems = 1,
            MaxItems = atMost,
        }),
    };

    private static Dictionary<string, OpenApiMediaType> OfOne(string mediaType, IOpenApiSchema schema) =>
        new(StringComparer.Ordinal) { [mediaType] = new OpenApiMediaType { Schema = schema } };

    /// <summary>
    /// A body that may be left out is described as "null or the body", which generators make a type of its own.
    /// </summary>
    private static IOpenApiSchema? WithoutNull(IOpenApiSchema? schema) =>
        schema is OpenApiSchema { OneOf: { } choices }
        && choices.OfType<OpenApiSchemaReference>().ToList() is [var only]
            ? only
            : schema;

    private static string TagOf(string path) => path.Split('/') is ["v1", var name, ..] ? name : "health";
}
