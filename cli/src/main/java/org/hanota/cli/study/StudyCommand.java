// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.study;

import picocli.CommandLine.Command;

/** Groups the studies. */
@Command(
    name = "study",
    mixinStandardHelpOptions = true,
    description = "Numbers for those who decide: costs, benefits, risks, and what the WAN carries.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {Secmp0007Command.class})
public final class StudyCommand {}
