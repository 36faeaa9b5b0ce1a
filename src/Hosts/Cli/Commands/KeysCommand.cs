using System.CommandLine;
using Recommendation.AdminApi.Security;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;
using Spectre.Console;

namespace Recommendation.Cli.Commands;

internal static class KeysCommand
{
    private static readonly Option<string> s_role = new Option<string>("--role")
    {
        Description =
            "What it may do: 'reader' reads, 'writer' also sends interactions and items, 'operator' does everything; "
                + "'browser' is for pages of --origin, which everybody can read.",
        Required = true,
    }.AcceptOnlyFromAmong("reader", "writer", "operator", "browser");

    private static readonly Option<string[]> s_origin = new("--origin")
    {
        Description = "An origin whose pages may use the key, for the role browser; may be repeated.",
        HelpName = "URL",
    };

    private static readonly Option<string?> s_name = new("--name")
    {
        Description = "What people call it.",
        HelpName = "NAME",
    };

    private static readonly Argument<string> s_id = new("ID")
    {
        Description = "The key's id; see `recommend keys list`.",
    };

    internal static Command Create() =>
        new Verb(
            "keys",
            "The keys that open the API of this data folder; once there is one, every request needs one.",
            "recommend keys create --role operator"
        )
        {
            new Verb("create", "Make a key; it is shown this once.", "recommend keys create --role writer --name shop")
            {
                s_role,
                s_name,
                s_origin,
            }.Runs(CreateAsync),
            new Verb("list", "List the keys.", "recommend keys list --json").WorksOn(ListAsync),
            new Verb(
                "revoke",
                "Take a key's rights away; a server that runs notices within a second.",
                "recommend keys revoke 0123456789"
            )
            {
                s_id,
            }.WorksOn(RevokeAsync),
        };

    private static Task<int> CreateAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var (key, description) = KeysOf(session, parse)
            .Create(
                Enum.Parse<Role>(parse.GetRequiredValue(s_role), ignoreCase: true),
                parse.GetValue(s_name),
                parse.GetValue(s_origin));
        var use = description.Role == Role.Browser
            ? "It is public: give it to recommendation.js (docs/browser.md)."
            : "Keep it: it is stored nowhere. Send it as 'Authorization: Bearer KEY'.";
        session.Terminal.Answer(
            DocumentOf(description, key),
            CliJson.Default.KeyDocument,
            output => output.Line($"[bold]{key}[/]{Environment.NewLine}{use}")
        );
        return Task.FromResult(ExitCodes.Done);
    }

    private static Task<int> ListAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var document = new KeysDocument([
            .. KeysOf(session, parse).Read().Select(key => DocumentOf(key, secret: null)),
        ]);
        session.Terminal.Answer(document, CliJson.Default.KeysDocument, output => Draw(output, document));
        return Task.FromResult(ExitCodes.Done);
    }

    private static Task<int> RevokeAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var document = DocumentOf(KeysOf(session, parse).Revoke(parse.GetRequiredValue(s_id)), secret: null);
        session.Terminal.Answer(
            document,
            CliJson.Default.KeyDocument,
            output => output.Line($"Key {document.Id} ({document.Role}) opens nothing any more.")
        );
        return Task.FromResult(ExitCodes.Done);
    }

    private static void Draw(IAnsiConsole output, KeysDocument document)
    {
        var table = Drawings.NewTable("Id", "Role", "Name", "Created", "Revoked");
        foreach (var key in document.Keys)
            table.AddRow(key.Id, key.Role, Markup.Escape(key.Name ?? ""), key.CreatedAt, key.RevokedAt ?? "");
        if (document.Keys.Count == 0)
            output.MarkupLine(
                "There are no keys: the API answers on loopback only, and to whoever sits at this machine."
            );
        else
            output.Write(table);
    }

    private static ApiKeys KeysOf(Session session, ParseResult parse) =>
        new(parse.GetValue(CommonOptions.Data)!, session.Time);

    private static KeyDocument DocumentOf(ApiKey key, string? secret) =>
        new(
            key.Id, key.Role.ToString().ToLowerInvariant(), key.Name, key.CreatedAt, key.RevokedAt, secret,
            key.Origins);
}
