using System.Text.Json;
using Recommendation.Application.Ports;

namespace Recommendation.Modeling.Serving.Json;

/// <summary>
/// Reads
/// <c>{"now":"…Z","modelVersion":"…","users":[{"userId":"u","recent":[{"itemId":"i","type":"view","at":"…Z"}],"count":50,"exclude":[],
/// "allowRepeats":false}]}</c>, or a user alone. Unknown names are passed over. <c>now</c> is not needed, since ages
/// are counted from the newest of a history; <c>modelVersion</c> is a wish: the answer names the model that ranked.
/// </summary>
internal static class RankRequestReader
{
    /// <summary>The maximum number of users in a request.</summary>
    public const int MaximumUsers = 10_000;

    /// <exception cref="RankRequestException">The request is invalid.</exception>
    public static RankRequest Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new RankRequestException("The question is no JSON object.");
            var request = ReadTop(ref reader);
            if (reader.Read())
                throw new RankRequestException("Something follows the question.");
            return request;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text with half of a surrogate pair.
            throw new RankRequestException($"The question is no JSON: {problem.Message}", problem);
        }
    }

    private static RankRequest ReadTop(ref Utf8JsonReader reader)
    {
        List<RankUser>? users = null;
        var alone = new UserReader();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("users"u8))
                users = ReadUsers(ref reader);
            else
                alone.ReadMember(ref reader);
        }
        if (users is not null)
            return new RankRequest(RankRequestForm.Many, users);
        return new RankRequest(alone.IsReference ? RankRequestForm.Reference : RankRequestForm.One, [alone.ToUser()]);
    }

    private static List<RankUser> ReadUsers(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            throw new RankRequestException("users is no array.");
        var users = new List<RankUser>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (users.Count == MaximumUsers)
                throw new RankRequestException(
                    $"users holds more than {MaximumUsers} users. Ask for them in several requests."
                );
            try
            {
                users.Add(ReadUser(ref reader));
            }
            catch (RankRequestException problem)
            {
                throw new RankRequestException($"users[{users.Count}]: {problem.Message}", problem);
            }
        }
        return users;
    }

    private static RankUser ReadUser(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new RankRequestException("This is no JSON object.");
        var user = new UserReader();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            user.ReadMember(ref reader);
        return user.ToUser();
    }
}
