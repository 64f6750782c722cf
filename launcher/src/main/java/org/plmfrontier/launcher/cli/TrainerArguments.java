package org.plmfrontier.launcher.cli;

import picocli.CommandLine.Option;

/** Options of commands that ask a trainer; any trainer that shares the checkpoints answers. */
final class TrainerArguments {
    @Option(
            names = "--trainer",
            defaultValue = "http://127.0.0.1:8082",
            description = "address of a trainer (default: ${DEFAULT-VALUE})")
    String address = "";
}
