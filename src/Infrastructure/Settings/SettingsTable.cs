using static Recommendation.Settings.SettingDefinition;

namespace Recommendation.Settings;

/// <summary>The settings with one value, in the order of the page of settings.</summary>
internal static class SettingsTable
{
    /// <summary>The sections of the file. Two are reserved and have no settings yet.</summary>
    internal static readonly IReadOnlyList<string> Sections =
    [
        "events",
        "profiles",
        "model",
        "serving",
        "catalogue",
        "feedback",
        "experiments",
    ];

    internal static readonly IReadOnlyList<SettingDefinition> All =
    [
        Whole(
            "profiles.recentInteractions",
            1,
            500,
            "How many of the newest interactions a profile keeps.",
            at => at.Application.RecentInteractions,
            (at, value) => at.Application.RecentInteractions = value
        ),
        Whole(
            "profiles.rememberedEventIds",
            0,
            1024,
            "How many event ids of a user are remembered, to drop copies that a producer sends.",
            at => at.Application.RememberedEventIds,
            (at, value) => at.Application.RememberedEventIds = value
        ),
        Number(
            "profiles.activeWithinDays",
            0.01,
            3660,
            "How many days after the last interaction a user counts as active, so that the nightly run ranks items "
                + "for the user.",
            at => at.Application.ActiveWithin.TotalDays,
            (at, value) => at.Application.ActiveWithin = TimeSpan.FromDays(value)
        ),
        .. ModelSettings.All,
        Flag(
            "serving.repeats",
            "Whether items that an interaction of the user hides may be recommended again; models are trained for it "
                + "as well.",
            at => at.Application.AllowRepeats,
            (at, value) => at.Application.AllowRepeats = value
        ),
        Whole(
            "serving.storedItems",
            1,
            1000,
            "How many items a stored list holds at most.",
            at => at.Application.StoredItems,
            (at, value) => at.Application.StoredItems = value
        ),
        Whole(
            "serving.realtimeBudgetMilliseconds",
            1,
            60_000,
            "How long ranking on request may take before the stored list is shown instead.",
            at => (int)at.Application.RealtimeBudget.TotalMilliseconds,
            (at, value) => at.Application.RealtimeBudget = TimeSpan.FromMilliseconds(value)
        ),
        Whole(
            "serving.firstListBudgetMilliseconds",
            1,
            60_000,
            "How long ranking on request may take for a user without a stored list.",
            at => (int)at.Application.FirstListBudget.TotalMilliseconds,
            (at, value) => at.Application.FirstListBudget = TimeSpan.FromMilliseconds(value)
        ),
        Whole(
            "serving.segmentSize",
            1,
            2000,
            "How many users a segment of a batch run holds at most.",
            at => at.Application.SegmentSize,
            (at, value) => at.Application.SegmentSize = value
        ),
        Flag(
            "catalogue.variantsAsOne",
            "Whether the items of one group count as one: a list holds one of them at most, an act on one hides all, "
                + "and models are trained on their interactions together. On one machine only.",
            at => at.Application.VariantsAsOne,
            (at, value) => at.Application.VariantsAsOne = value
        ),
        Number(
            "feedback.attributionWindowDays",
            0.01,
            365,
            "How many days before a click or a conversion without a recommendation id the item may have been clicked "
                + "or seen.",
            at => at.Application.AttributionWindow.TotalDays,
            (at, value) => at.Application.AttributionWindow = TimeSpan.FromDays(value)
        ),
    ];
}
