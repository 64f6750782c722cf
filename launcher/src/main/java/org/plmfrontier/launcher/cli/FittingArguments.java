package org.plmfrontier.launcher.cli;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options of commands that ask a running suite. */
final class FittingArguments {
    @Option(
            names = "--fitting",
            defaultValue = "http://127.0.0.1:8080",
            description = "address of the fitting service (default: ${DEFAULT-VALUE})")
    String address = "";

    @Parameters(index = "0", defaultValue = "demo", description = "study id (default: ${DEFAULT-VALUE})")
    String study = "";
}
