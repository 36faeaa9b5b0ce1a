using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Tests.Interactions;

public sealed class EventTypeSettingsTests
{
    private static readonly EventTypeSettings s_settings = EventTypeSettings.Default;

    [Theory]
    [InlineData("view", 1, true)]
    [InlineData("click", 1, true)]
    [InlineData("add-to-cart", 3, true)]
    [InlineData("purchase", 5, true)]
    [InlineData("like", 4, true)]
    [InlineData("dislike", -4, true)]
    [InlineData("remove-from-cart", -2, false)]
    [InlineData("refund", -5, false)]
    [InlineData("rating", 4, true)]
    [InlineData("impression", 0, false)]
    [InlineData("other", 0, false)]
    [InlineData("share", 0, false)]
    public void Built_in_types(string type, double weight, bool hides)
    {
        Assert.Equal(weight, s_settings.WeightOf(Type(type), value: null));
        Assert.Equal(hides, s_settings.Hides(Type(type)));
    }

    [Theory]
    [InlineData("add_to_cart", "add-to-cart")]
    [InlineData("AddToCart", "add-to-cart")]
    [InlineData("cart", "add-to-cart")]
    [InlineData("transaction", "purchase")]
    [InlineData("order", "purchase")]
    [InlineData("buy", "purchase")]
    [InlineData("purchased", "purchase")]
    [InlineData("remove_from_cart", "remove-from-cart")]
    [InlineData("removefromcart", "remove-from-cart")]
    public void An_alias_means_what_its_type_means(string alias, string type)
    {
        Assert.Equal(Type(type), s_settings.Canonical(Type(alias)));
        Assert.Equal(Type(type), s_settings.CountedAs(Type(alias)));
        Assert.Equal(s_settings.WeightOf(Type(type), 2), s_settings.WeightOf(Type(alias), 2));
        Assert.Equal(s_settings.Hides(Type(type)), s_settings.Hides(Type(alias)));
        Assert.True(s_settings.IsKnown(Type(alias)));
    }

    [Fact]
    public void A_valid_event_has_the_canonical_type()
    {
        var result = Interaction.Validate(Some.Raw() with { InteractionType = "Add_To_Cart" }, Some.Noon);
        Assert.Equal(InteractionType.AddToCart, result.Accepted!.Type);

        var own = new EventTypeSettings(
            new Dictionary<InteractionType, EventType>
            {
                [Type("listen")] = new() { Weight = 2, Aliases = [Type("play")] },
            }
        );
        Assert.Equal(
            Type("listen"),
            Interaction.Validate(Some.Raw() with { InteractionType = "play" }, Some.Noon, default, own).Accepted!.Type
        );
        Assert.Equal(
            Type("view"),
            Interaction.Validate(Some.Raw() with { InteractionType = "view" }, Some.Noon, default, own).Accepted!.Type
        );
    }

    [Fact]
    public void A_type_that_is_not_named_weighs_nothing_hides_nothing_and_is_counted_as_other()
    {
        var settings = Of(("share", new EventType { Weight = 2 }));

        Assert.Equal(Type("share"), settings.CountedAs(Type("share")));
        Assert.Equal(InteractionType.Other, settings.CountedAs(InteractionType.View));
        Assert.Equal(InteractionType.View, settings.Canonical(InteractionType.View));
        Assert.Equal(0, settings.WeightOf(InteractionType.View, value: 7));
        Assert.False(settings.Hides(InteractionType.View));
        Assert.False(settings.IsKnown(InteractionType.View));
    }

    [Theory]
    [InlineData(null, 3)]
    [InlineData(2.0, 6)]
    [InlineData(-1.0, -3)]
    [InlineData(1e308, EventType.MaximumWeight)]
    public void A_value_multiplies_where_the_type_says_so(double? value, double weight) =>
        Assert.Equal(
            weight,
            Of(("listen", new EventType { Weight = 3, Value = ValueRule.Multiply })).WeightOf(Type("listen"), value)
        );

    [Theory]
    [InlineData(null, 4)]
    [InlineData(5.0, 4)]
    [InlineData(3.5, 4)]
    [InlineData(3.0, -4)]
    [InlineData(1.0, -4)]
    public void A_rating_below_its_threshold_counts_against_the_item(double? value, double weight) =>
        Assert.Equal(weight, s_settings.WeightOf(InteractionType.Rating, value));

    [Fact]
    public void A_value_is_ignored_unless_the_type_says_otherwise() =>
        Assert.Equal(5, s_settings.WeightOf(InteractionType.Purchase, value: 12));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e7)]
    public void A_weight_is_finite(double weight) => Refuses("weight of 'view'", ("view", new() { Weight = weight }));

    [Fact]
    public void Types_do_not_contradict_each_other()
    {
        Refuses("'other' stands for", ("other", new() { Weight = 2 }));
        Refuses(
            "'refund' cancels 'purchase', which is not the name",
            ("refund", new() { Weight = -1, Cancels = Type("purchase") })
        );
        Refuses("'refund' cancels itself", ("refund", new() { Weight = -1, Cancels = Type("refund") }));
        Refuses(
            "weight of 0 or less",
            ("buy", new() { Weight = 1 }),
            ("refund", new() { Weight = 1, Cancels = Type("buy") })
        );
        Refuses(
            "the name of a type",
            ("buy", new() { Weight = 1, Aliases = [Type("view")] }),
            ("view", new() { Weight = 1 })
        );
        Refuses(
            "alias of both",
            ("buy", new() { Weight = 1, Aliases = [Type("b")] }),
            ("bid", new() { Weight = 1, Aliases = [Type("b")] })
        );
    }

    [Fact]
    public void Later_changes_of_the_configuration_do_not_reach_the_settings()
    {
        var configured = new Dictionary<InteractionType, EventType> { [InteractionType.View] = new() { Weight = 2 } };
        var settings = new EventTypeSettings(configured);

        configured[InteractionType.View] = new() { Weight = 9 };

        Assert.Equal(2, settings.WeightOf(InteractionType.View, value: null));
    }

    [Fact]
    public void Models_without_recorded_settings_were_trained_with_1_for_any_type()
    {
        Assert.Equal(1, EventTypeSettings.BeforeRecorded.WeightOf(Type("share"), value: null));
        Assert.Equal(1, EventTypeSettings.BeforeRecorded.WeightOf(InteractionType.Refund, value: null));
        Assert.Equal(3, EventTypeSettings.BeforeRecorded.WeightOf(InteractionType.AddToCart, value: null));
    }

    private static InteractionType Type(string text) => InteractionType.Parse(text);

    private static EventTypeSettings Of(params (string Name, EventType Type)[] types) =>
        new(types.ToDictionary(one => Type(one.Name), one => one.Type));

    private static void Refuses(string part, params (string Name, EventType Type)[] types) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(() => Of(types)).Message, StringComparison.Ordinal);
}
