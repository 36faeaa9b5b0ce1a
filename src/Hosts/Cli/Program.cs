using System.CommandLine;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Commands;

var root = new Command(
    CommandRunner.RootName,
    "A recommendation engine on one machine or on AWS: interactions in, recommendations with reasons out."
)
{
    Verb.Help(),
    new VersionOption(),
    DemoCommand.Create(),
    IngestCommand.Create(),
    TrainCommand.Create(),
    EvaluateCommand.Create(),
    HistoriesCommand.Create(),
    BatchCommand.Create(),
    RecommendCommand.Create(),
    SimilarCommand.Create(),
    PopularCommand.Create(),
    MetricsCommand.Create(),
    ExperimentsCommand.Create(),
    ExplainCommand.Create(),
    WhatIfCommand.Create(),
    ProfileCommand.Create(),
    UsersCommand.Create(),
    ForgetCommand.Create(),
    QuarantineCommand.Create(),
    ModelsCommand.Create(),
    ItemsCommand.Create(),
    ScenariosCommand.Create(),
    RebuildCommand.Create(),
    ExportCommand.Create(),
    PlatformCommand.Create(),
    StreamCommand.Create(),
    MigrateCommand.Create(),
    CostCommand.Create(),
    SizeCommand.Create(),
    ServeCommand.Create(),
    SettingsCommand.Create(),
    KeysCommand.Create(),
    ReceiptCommand.Create(),
    CompletionCommand.Create(),
};
root.Subcommands.Add(CompletionCommand.CreateWords(root));
CommonOptions.AddTo(root);
return await CommandRunner.RunAsync(root, args);
