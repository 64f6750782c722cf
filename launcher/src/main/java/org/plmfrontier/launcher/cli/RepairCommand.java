package org.plmfrontier.launcher.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.plmfrontier.launcher.repair.Repair;
import org.plmfrontier.launcher.rest.RestClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./frontier repair}: brings back what broker or database have lost. */
@Command(
        name = "repair",
        mixinStandardHelpOptions = true,
        description = {
            "Verifies every corpus against its token log and writes damaged or lost ones again from their sources; publishes"
                    + " jobs again that their topic has lost. Runs go on from their checkpoints. What is whole is left alone.",
            "Exit status 0: everything is whole now; 1: something could not be mended, each with its reason."
        })
final class RepairCommand implements Callable<Integer> {
    @Option(
            names = "--dataset",
            defaultValue = "http://127.0.0.1:8081",
            description = "address of the dataset service, which is shown the token that FRONTIER_TOKEN holds (default:"
                    + " ${DEFAULT-VALUE})")
    String address = "";

    @Option(names = "--dry-run", description = "only list what would be mended")
    boolean dryRun;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (RestClient dataset = new RestClient(address).expecting("dataset-service")) {
            return new Repair(dataset, dryRun, System.out::println).run() ? 0 : 1;
        }
    }
}
