using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Profiles;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Evaluation;
using Recommendation.Modeling.Serving;
using Recommendation.Modeling.Tests.Shapes;
using Recommendation.Modeling.Trainers;

namespace Recommendation.Modeling.Tests.Training;

/// <summary>A refit has the parameters of the measured model and knows all interactions.</summary>
public sealed class RefitTests
{
    private static readonly RefitSource s_source = new(
        ModelVersion.Parse("measured"),
        Some.Noon.AddDays(-1),
        Some.Noon
    );

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task The_parameters_stay_and_on_the_same_data_so_does_the_model(bool search, bool repeats)
    {
        var interactions = Some.TwoTastes(users: 150, items: 40, perUser: 25);
        var trainer = Some.Trainer(options => (options.Search, options.AllowRepeats) = (search, repeats));
        await using var measured = await trainer.TrainAsync(
            Some.Stream(interactions),
            new TrainingOptions(Some.Noon),
            null,
            CancellationToken.None
        );

        await using var refit = await trainer.RefitAsync(
            measured.Description,
            s_source,
            Some.Stream(interactions),
            new TrainingOptions(Some.Noon),
            null,
            CancellationToken.None
        );

        Assert.Equal(measured.Description.Version, refit.Description.Version);
        Assert.Equal(measured.Description.Parameters, refit.Description.Parameters);
        Assert.Equal(measured.Description.Metrics, refit.Description.Metrics);
        Assert.Equal((null, s_source), (measured.Description.Refit, refit.Description.Refit));
    }

    [Fact]
    public async Task Factors_beside_EASE_are_learned_again()
    {
        var interactions = Shape.SmallAndDense();
        var trainer = Some.Trainer(options => (options.Search, options.DenseLimitItems) = (true, 12_000));
        await using var measured = await trainer.TrainAsync(
            Some.Stream(interactions),
            new TrainingOptions(Some.Noon),
            null,
            CancellationToken.None
        );
        Assert.Equal("dense", measured.Description.Trainer);
        Assert.DoesNotContain(ParameterNames.FactorShare, measured.Description.Parameters.Keys);
        var factors = new SortedDictionary<string, double>(
            measured.Description.Parameters.ToDictionary(), StringComparer.Ordinal)
        {
            [ParameterNames.FactorShare] = 1,
            [ParameterNames.FactorExponent] = 0.05,
        };

        await using var with = await RefitAsync(measured.Description with { Parameters = factors });
        await using var without = await RefitAsync(measured.Description);

        Assert.Equal(factors, with.Description.Parameters);
        Assert.Equal(measured.Description.Version, without.Description.Version);
        Assert.NotEqual(measured.Description.Version, with.Description.Version);

        Task<TrainedModel> RefitAsync(ModelDescription model) =>
            trainer.RefitAsync(
                model,
                s_source,
                Some.Stream(interactions),
                new TrainingOptions(Some.Noon),
                null,
                CancellationToken.None
            );
    }

    [Fact]
    public async Task A_refit_knows_the_newest_items_and_resembles_its_candidate()
    {
        var interactions = Some.TwoTastes(users: 150, items: 40, perUser: 25);
        var newest = Enumerable
            .Range(0, 20)
            .Select(user => Some.Interaction($"u{user * 2}", "brand-new", at: Some.Noon.AddMinutes(1)))
            .ToList();
        var trainer = Some.Trainer();
        await using var measured = await trainer.TrainAsync(
            Some.Stream(interactions),
            new TrainingOptions(Some.Noon),
            null,
            CancellationToken.None
        );

        await using var refit = await trainer.RefitAsync(
            measured.Description,
            s_source,
            Some.Stream(interactions.Concat(newest)),
            new TrainingOptions(Some.Noon.AddMinutes(1)),
            null,
            CancellationToken.None
        );

        Assert.Equal(measured.Description.Items + 1, refit.Description.Items);
        var users = interactions
            .GroupBy(one => one.UserId)
            .Select(user => new HeldOutUser(UserHistory.From(user), []))
            .ToList();
        var evaluator = new ModelEvaluator(
            EventTypeSettings.Default,
            Microsoft.Extensions.Options.Options.Create(new ModelTrainerOptions())
        );
        Assert.InRange(
            await evaluator.CompareAsync(measured.Artefact, refit.Artefact, users, CancellationToken.None),
            0.5,
            0.999
        );
        (measured.Artefact.Position, refit.Artefact.Position) = (0, 0);
        var model = await LoadedModel.FromArtefactAsync(
            refit.Artefact,
            EventTypeSettings.Default,
            CancellationToken.None
        );
        Assert.NotEmpty(model.Similar(ItemId.Parse("brand-new"), 5));
    }

    [Fact]
    public async Task An_archive_with_a_candidate_beside_the_model_gives_both()
    {
        var interactions = Some.TwoTastes(users: 60, items: 20, perUser: 10);
        var trainer = Some.Trainer();
        await using var measured = await trainer.TrainAsync(
            Some.Stream(interactions.Where(one => one.OccurredAt < Some.Noon.AddDays(-1))),
            new TrainingOptions(Some.Noon),
            null,
            CancellationToken.None
        );
        await using var refit = await trainer.RefitAsync(
            measured.Description,
            s_source,
            Some.Stream(interactions),
            new TrainingOptions(Some.Noon),
            null,
            CancellationToken.None
        );
        using var folder = new TemporaryModelFolder(null);
        var candidate = Path.Combine(folder.Path, ModelFolder.Candidate);
        Directory.CreateDirectory(candidate);
        await ModelFolder.UnpackAsync(refit.Artefact, folder.Path, CancellationToken.None);
        await ModelFolder.UnpackAsync(measured.Artefact, candidate, CancellationToken.None);
        using var archive = new MemoryStream();
        await using (
            var compressed = new System.IO.Compression.GZipStream(
                archive,
                System.IO.Compression.CompressionMode.Compress,
                leaveOpen: true
            )
        )
            await System.Formats.Tar.TarFile.CreateFromDirectoryAsync(
                folder.Path,
                compressed,
                includeBaseDirectory: false
            );
        archive.Position = 0;

        var evaluator = new ModelEvaluator(
            EventTypeSettings.Default,
            Microsoft.Extensions.Options.Options.Create(new ModelTrainerOptions())
        );
        await using var taken = await evaluator.InspectAsync(archive, CancellationToken.None);

        Assert.Equal(refit.Description.Version, taken.Description.Version);
        Assert.Equal(s_source, taken.Description.Refit);
        Assert.Equal(measured.Description.Version, taken.Candidate!.Description.Version);
    }
}
