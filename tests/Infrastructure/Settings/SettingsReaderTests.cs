using Microsoft.Extensions.Options;
using Recommendation.Application;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Trainers;

namespace Recommendation.Settings.Tests;

public sealed class SettingsReaderTests
{
    [Fact]
    public void Without_a_file_all_is_as_built_in()
    {
        var settings = Read(json: null).Require();

        Assert.All(settings.Values, value => Assert.Equal(SettingSource.Default, value.Source));
        Assert.Equal("50", Value(settings, "profiles.recentInteractions").Value);
        Assert.Equal("5", Value(settings, "events.types.purchase.weight").Value);
        Assert.Equal("positiveFrom 3.5", Value(settings, "events.types.rating.value").Value);
        Assert.Equal(EventTypeSettings.Default.Types.Keys.Order(), settings.EventTypes.Types.Keys.Order());
    }

    [Fact]
    public void The_file_sets_the_options_of_use_cases_and_trainer_and_leaves_the_others()
    {
        var settings = Read(
                """
                {
                  // comments may stand here
                  "$schema": "recommendation.schema.json",
                  "profiles": { "recentInteractions": 80, "activeWithinDays": 7.5 },
                  "serving": { "repeats": true, "storedItems": 200, "realtimeBudgetMilliseconds": 250 },
                  "model": { "neighboursPerItem": 300, "search": false, "popularityHalfLifeDays": 14 },
                  "catalogue": {},
                }
                """
            )
            .Require();
        var (application, model) = (
            new RecommendationOptions { FirstListBudget = TimeSpan.FromSeconds(30) },
            new ModelTrainerOptions { Threads = 3 }
        );

        settings.ApplyTo(application);
        settings.ApplyTo(model);

        Assert.Equal(
            (80, 7.5, true, 200, 250),
            (
                application.RecentInteractions,
                application.ActiveWithin.TotalDays,
                application.AllowRepeats,
                application.StoredItems,
                (int)application.RealtimeBudget.TotalMilliseconds
            )
        );
        Assert.Equal(TimeSpan.FromSeconds(30), application.FirstListBudget);
        Assert.Equal(
            (300, false, 14, 3),
            (model.NeighboursPerItem, model.Search, (int)model.PopularityHalfLife.TotalDays, model.Threads)
        );
        Assert.Equal(
            new SettingValue("serving.storedItems", "200", SettingSource.File),
            Value(settings, "serving.storedItems")
        );
    }

    [Fact]
    public void Environment_variables_override_the_file()
    {
        var settings = Read(
                """{ "serving": { "storedItems": 200, "repeats": true }, "events": { "types": { "add-to-cart": { "weight": 2 } } } }""",
                ("RECOMMENDATION__SERVING__STOREDITEMS", "300"),
                ("RECOMMENDATION__EVENTS__TYPES__ADD_TO_CART__WEIGHT", "4"),
                ("RECOMMENDATION__EVENTS__TYPES__LISTEN__WEIGHT", "2"),
                ("RECOMMENDATION__EVENTS__TYPES__LISTEN__ALIASES", "play, heard"),
                ("RECOMMENDATION_SETTINGS", "something else")
            )
            .Require();

        Assert.Equal(
            new SettingValue("serving.storedItems", "300", SettingSource.Environment),
            Value(settings, "serving.storedItems")
        );
        Assert.Equal(
            new SettingValue("serving.repeats", "true", SettingSource.File),
            Value(settings, "serving.repeats")
        );
        Assert.Equal(4, settings.EventTypes.WeightOf(InteractionType.AddToCart, null));
        Assert.Equal(2, settings.EventTypes.WeightOf(InteractionType.Parse("play"), null));
    }

    [Fact]
    public void A_type_keeps_what_is_not_set_of_it()
    {
        var settings = Read("""
            { "events": { "types": {
              "purchase": { "weight": 7, "value": "multiply" },
              "listen": { "weight": 2, "hides": true, "aliases": ["play"] },
              "rating": { "value": { "positiveFrom": 4 } },
              "refund": { "cancels": "" },
              "like": { "aliases": [] }
            } } }
            """).Require().EventTypes;

        Assert.Equal(14, settings.WeightOf(InteractionType.Purchase, 2));
        Assert.True(settings.Hides(InteractionType.Purchase));
        Assert.Equal(InteractionType.Purchase, settings.Canonical(InteractionType.Parse("order")));
        Assert.True(settings.Hides(InteractionType.Parse("play")));
        Assert.Equal(-4, settings.WeightOf(InteractionType.Rating, 3.9));
        Assert.Null(settings.CancelledBy(InteractionType.Refund));
        Assert.False(settings.IsKnown(InteractionType.Parse("favourite")));
    }

    [Fact]
    public void A_name_or_alias_that_is_set_is_taken_from_the_built_in_type_that_had_it()
    {
        var settings = Read("""
            { "events": { "types": { "order": { "weight": 9 }, "bid": { "weight": 2, "aliases": ["buy"] } } } }
            """).Require().EventTypes;

        Assert.Equal(9, settings.WeightOf(InteractionType.Parse("order"), null));
        Assert.Equal(2, settings.WeightOf(InteractionType.Parse("buy"), null));
        Assert.Equal(5, settings.WeightOf(InteractionType.Parse("transaction"), null));
    }

    [Fact]
    public void Every_problem_is_named_at_once()
    {
        var read = Read(
            """
            {
              "serving": { "storedItems": 5000, "storedItem": 5, "repeats": "maybe" },
              "profile": { "recentInteractions": 5 },
              "profiles": { "recentInteractions": 2.5, "activeWithinDays": null },
              "model": { "search": { "deep": true } },
              "experiments": { "salt": "x" },
              "events": { "type": {}, "types": {
                "purchase": { "wieght": 1, "hides": "perhaps", "value": "double" },
                "rating": { "value": { "positiveFrom": "high" } },
                "listen": { "hides": true },
                "2fast": { "weight": 1 },
                "refund": { "cancels": "sale" },
                "view": { "aliases": ["click"] }
              } }
            }
            """,
            ("RECOMMENDATION__MODEL__RANK", "many"), ("RECOMMENDATION__MODEL__RANG", "1"));

        string[] expected =
        [
            "serving.storedItems is '5000'; give a whole number, 1–1,000.",
            "There is no setting 'serving.storedItem'; did you mean 'storedItems'?",
            "serving.repeats is 'maybe'; give true or false.",
            "There is no section 'profile' (profile.recentInteractions); did you mean 'profiles'?",
            "profiles.recentInteractions is '2.5'; give a whole number, 1–500.",
            "profiles.activeWithinDays is null or empty; give a number, 0.01–3,660.",
            "model.search has one value, and no 'deep' in it.",
            "There is no setting 'experiments.salt'; section 'experiments' has no settings yet.",
            "There is no setting 'events.type'; did you mean 'types'?",
            "There is no setting 'events.types.purchase.wieght'; did you mean 'weight'?",
            "events.types.purchase.hides is 'perhaps'; give true or false.",
            "events.types.purchase.value is 'double'; give \"ignore\", \"multiply\" or { \"positiveFrom\": 3.5 }.",
            "events.types.rating.value.positiveFrom is 'high'; give \"ignore\", \"multiply\" or { \"positiveFrom\": "
                + "3.5 }.",
            "events.types.listen has no weight; a type that is not built in needs one.",
            "events.types.2fast.weight: '2fast' is not a type of the form [a-z][a-z0-9_-]{0,31}.",
            "events.types: 'refund' cancels 'sale', which is not the name of a type.",
            "events.types: 'click' is an alias of 'view' and the name of a type; keep one of the two.",
            "RECOMMENDATION__MODEL__RANK is 'many'; give a whole number, 2–1,024.",
            "There is no setting 'RECOMMENDATION__MODEL__RANG'; did you mean 'rank'?",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), read.Problems.Order(StringComparer.Ordinal));
        var refused = Assert.Throws<OptionsValidationException>(read.Require);
        Assert.All(expected, problem => Assert.Contains(problem, refused.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("hello")]
    [InlineData("""{ "serving": { "repeats": true, "repeats": false } }""")]
    public void Text_that_is_not_an_object_is_refused(string json) =>
        Assert.StartsWith(
            "The settings are not a JSON object.",
            Assert.Single(Read(json).Problems),
            StringComparison.Ordinal
        );

    [Fact]
    public void Each_setting_sets_its_option_and_no_other()
    {
        foreach (var setting in SettingsTable.All)
        {
            var value = setting.Kind == SettingKind.Flag ? 1 - setting.Get(SettingTargets.Defaults) : setting.Maximum;
            var targets = new SettingTargets(new(), new());
            setting.Set(targets, value);
            Assert.Equal(value, setting.Get(targets), precision: 6);
            Assert.All(
                SettingsTable.All.Where(other => other != setting),
                other => Assert.Equal(other.Get(SettingTargets.Defaults), other.Get(targets)));
            Assert.Empty(targets.Application.Problems());
        }
    }

    [Fact]
    public void The_range_of_each_setting_holds_its_default() =>
        Assert.All(
            SettingsTable.All,
            setting => Assert.Equal(setting.Get(SettingTargets.Defaults), setting.Parse(setting.Default))
        );

    internal static ReadSettings Read(string? json, params (string Name, string Value)[] environment) =>
        SettingsReader.Read(json, environment.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal));

    private static SettingValue Value(RecommendationSettings settings, string path) =>
        Assert.Single(settings.Values, value => value.Path == path);
}
