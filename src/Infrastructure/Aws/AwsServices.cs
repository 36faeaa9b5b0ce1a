using System.Security.Cryptography;
using Amazon.Kinesis;
using Amazon.S3;
using Amazon.SageMakerRuntime;
using Amazon.StepFunctions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recommendation.Application;
using Recommendation.Application.Feedback;
using Recommendation.Application.Ports;
using Recommendation.Aws.Archive;
using Recommendation.Aws.DynamoDb;
using Recommendation.Aws.DynamoDb.Direct;
using Recommendation.Aws.Kinesis;
using Recommendation.Aws.Kinesis.Records;
using Recommendation.Aws.Migration;
using Recommendation.Aws.Platform;
using Recommendation.Aws.S3;
using Recommendation.Aws.SageMaker;
using Recommendation.Aws.StepFunctions;
using Recommendation.Domain.Profiles;
using Recommendation.Expressions;
using Recommendation.Modeling;

namespace Recommendation.Aws;

/// <summary>Registers the AWS adapters.</summary>
public static class AwsServices
{
    /// <summary>
    /// The use cases on AWS: <see cref="AddAws"/>, and the model in this process unless the endpoint ranks.
    /// </summary>
    public static RecommendationBuilder UseAws(
        this RecommendationBuilder builder,
        AwsFeatures parts,
        Func<string, string?>? setting = null,
        Action<AwsOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddAws(parts, setting, configure).AddInProcessModel().AddExpressions();
        return builder;
    }

    /// <summary>Registers an adapter for every port that the parts serve.</summary>
    /// <param name="services">Gets the adapters.</param>
    /// <param name="parts">What the host works with; each must have its name set.</param>
    /// <param name="setting">Gives a setting by its name, such as a configuration's indexer;
    /// null for the environment.</param>
    /// <param name="configure">Sets what has no setting, or overrides one.</param>
    /// <exception cref="OptionsValidationException">A setting is missing or wrong; each failure is a
    /// sentence for the operator.</exception>
    public static IServiceCollection AddAws(
        this IServiceCollection services,
        AwsFeatures parts,
        Func<string, string?>? setting = null,
        Action<AwsOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = Read(setting ?? Environment.GetEnvironmentVariable);
        configure?.Invoke(options);
        Require(options, parts, logRetention: null);

        services.AddSingleton(provider =>
        {
            Require(options, parts, provider.GetService<RecommendationOptions>()?.LogRetention);
            return options;
        });
        services.AddSingleton(provider => new Backoff(
            provider.GetRequiredService<TimeProvider>(),
            NewRandom(),
            options.ResendDelay
        ));
        if (parts.HasFlag(AwsFeatures.Table))
            services.AddTable();
        if (parts.HasFlag(AwsFeatures.Bucket))
            services.AddBucket();
        if (parts.HasFlag(AwsFeatures.Stream))
            services.AddStream();
        else if (parts.HasFlag(AwsFeatures.Bucket))
            services.AddSingleton<IInteractionLog, ArchivedLog>();
        if (parts.HasFlag(AwsFeatures.Endpoint))
            services.AddEndpoint();
        if (parts.HasFlag(AwsFeatures.StateMachine))
            services.AddSingleton(provider => new BatchExecutions(
                new AmazonStepFunctionsClient(AwsClients.StepFunctions(options)),
                options
            ));
        if (!string.IsNullOrEmpty(options.ErasureMachineArn))
            services.AddSingleton(provider => new ErasureExecutions(
                new AmazonStepFunctionsClient(AwsClients.StepFunctions(options)),
                options
            ));
        if (parts.HasFlag(AwsFeatures.Table | AwsFeatures.Bucket | AwsFeatures.Stream))
            services.AddPlatform();
        return services;
    }

    private static void AddTable(this IServiceCollection services)
    {
        services.AddSingleton(provider => new DirectDynamoClient(
            AwsClients.DynamoDb(provider.GetRequiredService<AwsOptions>())
        ));
        services.AddSingleton<DynamoTable>();
        services.AddSingleton<IProfileStore, DynamoProfileStore>();
        services.AddSingleton<IHistoryStore, DynamoHistoryStore>();
        services.AddSingleton<IRecommendationStore, DynamoRecommendationStore>();
        services.AddSingleton<DynamoItemCatalog>();
        services.AddSingleton<IItemCatalog>(provider => provider.GetRequiredService<DynamoItemCatalog>());
        services.AddSingleton<IItemEdits>(provider => provider.GetRequiredService<DynamoItemCatalog>());
        services.AddSingleton<IAttributeShapes, DynamoAttributeShapes>();
        services.AddSingleton<DynamoUserAttributes>();
        services.AddSingleton<IUserAttributes>(provider => provider.GetRequiredService<DynamoUserAttributes>());
        services.AddSingleton<IErasable>(provider => provider.GetRequiredService<DynamoUserAttributes>());
        services.AddSingleton<IStoreCounts, DynamoCounts>();
        services.AddSingleton<IIdempotencyKeys, DynamoIdempotencyKeys>();
        services.AddSingleton(provider => new TableMigration(
            provider.GetRequiredService<DirectDynamoClient>(),
            provider.GetRequiredService<AwsOptions>(),
            provider.GetRequiredService<Backoff>(),
            provider.GetRequiredService<ProfilePolicy>(),
            provider.GetRequiredService<TimeProvider>()
        ));
    }

    private static void AddBucket(this IServiceCollection services)
    {
        services.AddSingleton<IAmazonS3>(provider => new AmazonS3Client(
            AwsClients.S3(provider.GetRequiredService<AwsOptions>())
        ));
        services.AddSingleton<Bucket>();
        services.AddSingleton<InteractionArchive>();
        services.AddSingleton<IUserLog, ArchivedUserLog>();
        services.AddSingleton<ITrainingInputs, S3TrainingInputs>();
        services.AddSingleton<S3PopularWindows>();
        services.AddSingleton<IPopularWindows>(provider => provider.GetRequiredService<S3PopularWindows>());
        services.AddSingleton<IPopularWindowStore>(provider => provider.GetRequiredService<S3PopularWindows>());
        services.AddSingleton<S3ModelStore>();
        services.AddSingleton<IModelStore>(provider => provider.GetRequiredService<S3ModelStore>());
        services.AddSingleton<IModelDeletion>(provider => provider.GetRequiredService<S3ModelStore>());
        services.AddSingleton<IScenarios, S3Scenarios>();
        services.AddSingleton<IModelArtefacts, S3ModelArtefacts>();
        services.AddSingleton<S3BatchRuns>();
        services.AddSingleton<IBatchRuns>(provider => provider.GetRequiredService<S3BatchRuns>());
        services.AddSingleton<IBatchLeases>(provider => provider.GetRequiredService<S3BatchRuns>());
        services.AddSingleton<S3BatchSegments>();
        services.AddSingleton<IBatchSegments>(provider => provider.GetRequiredService<S3BatchSegments>());
        services.AddSingleton<IErasable>(provider => provider.GetRequiredService<S3BatchSegments>());
        services.AddSingleton(provider => new S3BatchLists(
            provider.GetRequiredService<Bucket>(),
            provider.GetService<IListFiles>()
        ));
        services.AddSingleton<IBatchLists>(provider => provider.GetRequiredService<S3BatchLists>());
        services.AddSingleton<IErasable>(provider => provider.GetRequiredService<S3BatchLists>());
        services.AddSingleton<IErasable>(provider =>
            ContentErasure.OfArchiveErrors(provider.GetRequiredService<Bucket>())
        );
        services.AddSingleton<IErasable>(provider =>
            ContentErasure.OfGivenUpBatches(provider.GetRequiredService<Bucket>())
        );
        services.AddSingleton<IErasures>(provider => new S3Erasures(
            provider.GetRequiredService<Bucket>(),
            provider.GetService<StreamErasures>()
        ));
        services.AddSingleton<IQuarantine, S3Quarantine>();
        services.AddSingleton<IReceiptKeys, S3ReceiptKeys>();
        services.AddSingleton<IRecommendationIdKeys, S3RecommendationIdKeys>();
        services.AddSingleton<IListConfigurations, S3ListConfigurations>();
        services.AddSingleton<S3ExperimentStore>();
        services.AddSingleton<IExperimentStore>(provider => provider.GetRequiredService<S3ExperimentStore>());
        services.AddSingleton<IErasable>(provider => provider.GetRequiredService<S3ExperimentStore>());
        services.AddSingleton<ILogInputs, ArchiveInputs>();
        services.AddSingleton<IDerivedFeedback, S3DerivedFeedback>();
        services.AddDerivedFeedback();
    }

    private static void AddStream(this IServiceCollection services)
    {
        services.AddSingleton(provider => new AmazonKinesisClient(
            AwsClients.Kinesis(provider.GetRequiredService<AwsOptions>())
        ));
        services.AddSingleton<StreamPut>();
        services.AddSingleton<ShardReader>();
        services.AddSingleton<StreamErasures>();
        services.AddSingleton<IInteractionLog, KinesisInteractionLog>();
    }

    private static void AddEndpoint(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<AwsOptions>();
            return new EndpointCalls(
                new AmazonSageMakerRuntimeClient(AwsClients.SageMakerRuntime(options)),
                options,
                provider.GetRequiredService<TimeProvider>(),
                NewRandom()
            );
        });
        services.AddSingleton<IRanker, EndpointRanker>();
    }

    private static void AddPlatform(this IServiceCollection services)
    {
        services.AddSingleton(provider => new StreamDrain(
            provider.GetRequiredService<ShardReader>(), provider.GetRequiredService<InteractionArchive>(),
            provider.GetRequiredService<IProfileStore>(), RecordDecoder.From()));
        services.AddSingleton(provider => new PlatformSetup(
            provider.GetRequiredService<DirectDynamoClient>(),
            provider.GetRequiredService<IAmazonS3>(),
            provider.GetRequiredService<AmazonKinesisClient>(),
            provider.GetRequiredService<AwsOptions>(),
            provider.GetRequiredService<TimeProvider>()
        ));
    }

    // A seed of its own for every process: functions that are throttled together must not come back together.
    private static Random NewRandom() => new(RandomNumberGenerator.GetInt32(int.MaxValue));

    private static AwsOptions Read(Func<string, string?> setting)
    {
        try
        {
            return AwsOptions.From(setting);
        }
        catch (FormatException problem)
        {
            throw new OptionsValidationException(nameof(AwsOptions), typeof(AwsOptions), [problem.Message]);
        }
    }

    private static void Require(AwsOptions options, AwsFeatures parts, TimeSpan? logRetention)
    {
        var problems = options.Problems(parts, logRetention).ToList();
        if (problems.Count > 0)
            throw new OptionsValidationException(nameof(AwsOptions), typeof(AwsOptions), problems);
    }
}
