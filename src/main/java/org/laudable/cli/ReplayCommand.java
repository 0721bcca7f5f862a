package org.laudable.cli;

import picocli.CommandLine.Command;

/** Groups the replays: an engine measured on data whose labels are known. */
@Command(name = "replay", mixinStandardHelpOptions = true, subcommands = {ReplayTextCommand.class, ReplaySeriesCommand.class},
        synopsisSubcommandLabel = "(text | series)", description = "Measure an engine on data whose labels are known.",
        footer = {"", "Exit codes: 0 done, 1 failed, 2 the command line is wrong."})
final class ReplayCommand {
}
