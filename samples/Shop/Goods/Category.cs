namespace Shop.Goods;

/// <summary>The sample has no categories: a word of the title gives one, and its picture.</summary>
internal static class Category
{
    private const string Other = "Gifts";

    /// <summary>The first that has one of the words.</summary>
    private static readonly (string Name, string[] Words)[] s_words =
    [
        ("Christmas", ["christmas", "reindeer", "snow", "advent", "santa", "nativity"]),
        ("Bags", ["bag", "purse", "rucksack", "suitcase", "wallet"]),
        ("Kitchen", ["cup", "mug", "plate", "tea", "cake", "bowl", "jar", "lunch", "kitchen", "spoon", "baking"]),
        ("Lights", ["light", "lantern", "candle", "lamp"]),
        ("Warm things", ["warmer", "hot water", "blanket", "hottie", "slipper", "scarf"]),
        ("Paper", ["card", "paper", "notebook", "wrap", "pencil", "pen ", "sticker", "book"]),
        ("Garden", ["garden", "flower", "bird", "plant", "watering", "herb"]),
        ("Home", ["frame", "clock", "mirror", "hook", "drawer", "cushion", "sign", "box", "hanger", "doormat"]),
        ("Toys", ["doll", "toy", "game", "skittles", "child", "jigsaw", "spinning", "block"]),
    ];

    internal static string Of(string title) =>
        s_words.FirstOrDefault(one => one.Words.Any(word => title.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Name ?? Other;
}
