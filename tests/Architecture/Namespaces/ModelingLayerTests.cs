using System.Reflection;

namespace Recommendation.Architecture.Tests.Namespaces;

/// <summary>
/// The layers of the model. Trainers do not know each other, except that learned factors build on the graph filter and
/// EASE. The
/// artefact format needs the weights and the data only. It is above the search, so that it may store what was selected;
/// the search may never read or write artefacts.
/// </summary>
public sealed class ModelingLayerTests
{
    private static readonly NamespaceRules s_rules = new(
        "Recommendation.Modeling",
        [
            ["Linear", "Metrics", "Histories"],
            ["Data"],
            ["Trainers"],
            [
                "Trainers.Content",
                "Trainers.Cooccurrence",
                "Trainers.Ease",
                "Trainers.GraphFilter",
                "Trainers.Transitions",
            ],
            ["Trainers.SampledSoftmax"],
            ["Selection"],
            ["Artefacts"],
            ["RowBlocks"],
            ["Training", "Scoring"],
            ["Explaining"],
            ["Serving"],
            ["Serving.Json", "Evaluation"],
            [""],
        ]
    );

    private static readonly NamespaceRules s_planted = new(
        typeof(ModelingLayerTests).Namespace + ".Planted",
        [["Low"], ["Middle", "Sibling"], ["High"]]
    );

    private static readonly Assembly s_modeling = Product.AssemblyOf("Infrastructure/Modeling");

    private static readonly Assembly s_here = Assembly.GetExecutingAssembly();

    [Fact]
    public void A_namespace_of_the_model_uses_lower_layers_only() => Assert.Empty(s_rules.WrongUses(s_modeling));

    [Fact]
    public void Every_namespace_of_the_model_is_in_a_layer() => Assert.Empty(s_rules.Unplaced(s_modeling));

    [Fact]
    public void A_planted_use_of_a_higher_or_an_equal_layer_is_found() =>
        Assert.Equal(
            ["Low.Climber uses High.Obedient.", "Middle.Neighbour uses Sibling.Obedient."],
            s_planted.WrongUses(s_here).Distinct().Order(StringComparer.Ordinal)
        );

    [Fact]
    public void A_planted_namespace_without_a_layer_is_found() =>
        Assert.Equal(
            ["'High' is in no layer.", "'Nothing' is in a layer, but has no types."],
            new NamespaceRules(
                typeof(ModelingLayerTests).Namespace + ".Planted",
                [["Low"], ["Middle", "Sibling", "Nothing"]]
            ).Unplaced(s_here)
        );
}
