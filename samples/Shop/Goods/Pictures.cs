using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Goods;

/// <summary>The sample has no pictures: a drawing of the category in a colour of the product.</summary>
internal static class Pictures
{
    private static readonly Dictionary<string, string> s_drawings = new(StringComparer.Ordinal)
    {
        ["Christmas"] = "<path d='M100 40 60 95h22l-30 42h40v24h16v-24h40l-30-42h22z'/>",
        ["Bags"] = "<path d='M55 82h90l10 78H45zM75 82V70a25 25 0 0 1 50 0v12' fill-rule='evenodd'/>",
        ["Kitchen"] =
            "<path d='M50 75h80v40a40 40 0 0 1-80 0zM130 85h10a16 16 0 0 1 0 34h-12M70 45v18M90 40v23M110 45v18'/>",
        ["Lights"] = "<path d='M75 75h50l12 75H63zM85 75V58h30v17M100 58V42M80 158h40M100 98v34'/>",
        ["Warm things"] = "<path d='M70 70h60q16 0 16 20v52q0 18-18 18H72q-18 0-18-18V90q0-20 16-20z"
            + "M86 70V48h28v22M76 105h48M76 128h48'/>",
        ["Paper"] = "<path d='M60 42h60l24 24v92H60zM120 42v24h24M78 92h48M78 112h48M78 132h30'/>",
        ["Garden"] = "<path d='M100 160v-58M100 102c-40 0-42-34-42-34 30-4 42 34 42 34z"
            + "M100 102c40 0 42-34 42-34-30-4-42 34-42 34zM70 160h60'/>",
        ["Home"] = "<path d='M48 98 100 52l52 46M62 88v70h76V88M88 158v-36h24v36'/>",
        ["Toys"] = "<path d='M100 48l14 30 32 4-24 22 6 34-28-17-28 17 6-34-24-22 32-4z'/>",
    };

    private const string Gift = "<path d='M52 88h96v24H52zM60 112h80v46H60zM100 88v70"
        + "M100 88c-34 0-34-36-12-30 12 4 12 30 12 30s0-26 12-30c22-6 22 30-12 30z'/>";

    internal static string Draw(Product product)
    {
        var hue = SHA256.HashData(Encoding.UTF8.GetBytes(product.Id))[0] * 360 / 256;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200">
            <rect width="200" height="200" fill="hsl({hue},42%,91%)"/>
            <circle cx="100" cy="102" r="78" fill="hsl({hue},45%,84%)"/>
            <g fill="none" stroke="hsl({hue},38%,36%)" stroke-width="5" stroke-linejoin="round" stroke-linecap="round">
            {s_drawings.GetValueOrDefault(product.Category, Gift)}
            </g></svg>
            """);
    }
}
