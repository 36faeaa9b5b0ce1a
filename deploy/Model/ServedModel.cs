using Amazon.CDK.AWS.ApplicationAutoScaling;
using Amazon.CDK.AWS.Sagemaker;
using Constructs;
using Recommendation.Deploy.Settings;
using Recommendation.Deploy.Storage;

namespace Recommendation.Deploy.Model;

/// <summary>
/// The SageMaker endpoint, where an image and an artefact are given. It starts with that artefact; later models are put
/// in its place by the training state machine, which CloudFormation does not see.
/// </summary>
internal sealed class ServedModel : Construct
{
    internal const string Variant = "AllTraffic";

    internal ServedModel(
        Construct scope,
        StackSettings settings,
        Names names,
        ArtifactBucket storage,
        Encryption encryption
    )
        : base(scope, "Model")
    {
        if (!settings.Model.HasTraining)
            return;
        ServingRole = new ContainerRole(
            this,
            "ServingRole",
            $"What the endpoint of {names.Prefix} may do",
            "/aws/sagemaker/Endpoints/*",
            settings.Model.Image!,
            [Functions.Permissions.Allow(["s3:GetObject"], storage.Objects(ArtifactBucket.Models)), .. encryption.Read]
        );
        if (settings.Model.HasEndpoint)
            Serve(settings.Model, names);
    }

    /// <summary>Null where no image is given.</summary>
    internal ContainerRole? ServingRole { get; }

    /// <summary>Null where there is no endpoint.</summary>
    internal CfnEndpoint? Endpoint { get; private set; }

    private void Serve(ModelSettings settings, Names names)
    {
        var model = new CfnModel(
            this,
            "Model",
            new CfnModelProps
            {
                ExecutionRoleArn = ServingRole!.Role.RoleArn,
                PrimaryContainer = new CfnModel.ContainerDefinitionProperty
                {
                    Image = settings.Image,
                    ModelDataUrl = settings.Artefact,
                },
            }
        );
        model.Node.AddDependency(ServingRole);
        var configuration = new CfnEndpointConfig(this, "Configuration", new CfnEndpointConfigProps
        {
            ProductionVariants = new object[]
            {
                new CfnEndpointConfig.ProductionVariantProperty
                {
                    VariantName = Variant,
                    ModelName = model.AttrModelName,
                    InitialInstanceCount = settings.MinimumInstances,
                    InstanceType = settings.InstanceType,
                    InitialVariantWeight = 1,
                },
            },
        });
        Endpoint = new CfnEndpoint(this, "Endpoint", new CfnEndpointProps
        {
            EndpointName = names.Endpoint,
            EndpointConfigName = configuration.AttrEndpointConfigName,
            // Scaling changes the number of instances meanwhile; a new configuration keeps it.
            RetainAllVariantProperties = true,
        });
        Scale(settings, Endpoint, names);
    }

    private void Scale(ModelSettings settings, CfnEndpoint endpoint, Names names)
    {
        var target = new ScalableTarget(this, "Scaling", new ScalableTargetProps
        {
            ServiceNamespace = ServiceNamespace.SAGEMAKER,
            ScalableDimension = "sagemaker:variant:DesiredInstanceCount",
            ResourceId = $"endpoint/{names.Endpoint}/variant/{Variant}",
            MinCapacity = settings.MinimumInstances,
            MaxCapacity = settings.MaximumInstances,
        });
        target.Node.AddDependency(endpoint);
        target.ScaleToTrackMetric("Invocations", new BasicTargetTrackingScalingPolicyProps
        {
            PredefinedMetric = PredefinedMetric.SAGEMAKER_VARIANT_INVOCATIONS_PER_INSTANCE,
            // Calls of 200 users each, a minute and instance: 10,000 users a second at 2 processors leave
            // room at this rate.
            TargetValue = 1000,
        });
    }
}
