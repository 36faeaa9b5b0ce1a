using static Recommendation.Settings.SettingDefinition;

namespace Recommendation.Settings;

/// <summary>The settings of models and their training.</summary>
internal static class ModelSettings
{
    internal static readonly IReadOnlyList<SettingDefinition> All =
    [
        Whole(
            "model.neighboursPerItem",
            1,
            5000,
            "How many other items each item of the model remembers.",
            at => at.Model.NeighboursPerItem,
            (at, value) => at.Model.NeighboursPerItem = value
        ),
        Flag(
            "model.search",
            "Whether parameters are chosen on interactions held out of the training data; false trains in one pass.",
            at => at.Model.Search,
            (at, value) => at.Model.Search = value
        ),
        Flag(
            "model.order",
            "Whether the order and the times of interactions may count.",
            at => at.Model.Order,
            (at, value) => at.Model.Order = value
        ),
        Whole(
            "model.searchLimitItems",
            1,
            500_000,
            "With more items than this, parameters are searched for the most frequent ones only.",
            at => at.Model.SearchLimitItems,
            (at, value) => at.Model.SearchLimitItems = value
        ),
        Whole(
            "model.searchLimitUsers",
            1,
            5_000_000,
            "With more users than this, parameters are searched on a sample of so many.",
            at => at.Model.SearchLimitUsers,
            (at, value) => at.Model.SearchLimitUsers = value
        ),
        Flag(
            "model.outOfCore",
            "Whether models are trained from a file on disk, for data that do not fit into memory.",
            at => at.Model.OutOfCore,
            (at, value) => at.Model.OutOfCore = value
        ),
        Whole(
            "model.sampleInteractions",
            1_000,
            100_000_000,
            "Out of core: about how many interactions the sample of users has.",
            at => at.Model.SampleInteractions,
            (at, value) => at.Model.SampleInteractions = value
        ),
        Whole(
            "model.rowMegabytes",
            16,
            1_000_000,
            "Out of core: about how many megabytes the rows that are made at a time may take.",
            at => at.Model.RowMegabytes,
            (at, value) => at.Model.RowMegabytes = value
        ),
        Whole(
            "model.denseLimitItems",
            0,
            20_000,
            "Up to how many items the dense trainer is tried as well.",
            at => at.Model.DenseLimitItems,
            (at, value) => at.Model.DenseLimitItems = value
        ),
        Whole(
            "model.newItems",
            0,
            1_000_000,
            "How many items without interactions, the newest, a model places by their content.",
            at => at.Model.NewItems,
            (at, value) => at.Model.NewItems = value
        ),
        Whole(
            "model.validationUsers",
            50,
            1_000_000,
            "How many users decide the last choice of a search at most.",
            at => at.Model.ValidationUsers,
            (at, value) => at.Model.ValidationUsers = value
        ),
        Whole(
            "model.rank",
            2,
            1024,
            "How many eigenvectors the low-rank term of the model has at most.",
            at => at.Model.Rank,
            (at, value) => at.Model.Rank = value
        ),
        Number(
            "model.popularityExponent",
            0,
            1,
            "How much popular items are favoured if no search chooses it; 0 is not at all.",
            at => at.Model.PopularityExponent,
            (at, value) => at.Model.PopularityExponent = value
        ),
        Whole(
            "model.keptVersions",
            2,
            1000,
            "How many models are kept, the newest, and how far back a rollback can go; older ones are deleted.",
            at => at.Application.KeptModels,
            (at, value) => at.Application.KeptModels = value
        ),
        Whole(
            "model.historyLimit",
            2,
            100_000,
            "How many items of a user a model is trained on, the newest first.",
            at => at.Model.HistoryLimit,
            (at, value) => at.Model.HistoryLimit = value
        ),
        Number(
            "model.weightCap",
            0.000001,
            1e6,
            "The most that one item can weigh in a history.",
            at => at.Model.WeightCap,
            (at, value) => at.Model.WeightCap = value
        ),
        Number(
            "model.popularityHalfLifeDays",
            0.000001,
            36_500,
            "After how many days an interaction counts half in the popularity that answers empty histories, unless a "
                + "training finds a better half-life.",
            at => at.Model.PopularityHalfLife.TotalDays,
            (at, value) => at.Model.PopularityHalfLife = TimeSpan.FromDays(value)
        ),
    ];
}
