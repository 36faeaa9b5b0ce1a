namespace Shop;

/// <summary>Where the shop and its engine listen, and where their data are.</summary>
internal sealed record ShopSettings
{
    internal const string Usage =
        "Usage: dotnet run -c Release --project samples/Shop -- [--url http://127.0.0.1:5090] "
        + "[--api http://127.0.0.1:5080] [--data ./shop-data]";

    internal string Url { get; init; } = "http://127.0.0.1:5090";

    internal string Api { get; init; } = "http://127.0.0.1:5080";

    internal string Data { get; init; } = "./shop-data";

    /// <returns>What is wrong with the arguments; null for nothing.</returns>
    internal static string? Read(string[] arguments, out ShopSettings settings)
    {
        settings = new ShopSettings();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (i + 1 == arguments.Length)
                return $"'{arguments[i]}' has no value. {Usage}";
            var value = arguments[i + 1];
            switch (arguments[i])
            {
                case "--url" when IsOrigin(value):
                    settings = settings with { Url = value };
                    break;
                case "--api" when IsOrigin(value):
                    settings = settings with { Api = value };
                    break;
                case "--data" when !string.IsNullOrWhiteSpace(value):
                    settings = settings with { Data = value };
                    break;
                default:
                    return $"'{arguments[i]} {value}' can't be used. {Usage}";
            }
        }
        return null;
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url is { IsLoopback: true, Scheme: "http", Port: > 0, AbsolutePath: "/" };
}
