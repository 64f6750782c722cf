package org.plmfrontier.launcher.cli;

import picocli.CommandLine.Option;

/** Options of commands that ask a dataset service. */
final class DatasetArguments {
    @Option(
            names = "--dataset",
            defaultValue = "http://127.0.0.1:8081",
            description = "address of the dataset service, which is shown the token that FRONTIER_TOKEN holds (default:"
                    + " ${DEFAULT-VALUE})")
    String address = "";
}
