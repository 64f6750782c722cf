package org.plmfrontier.launcher.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.plmfrontier.launcher.rest.RestClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./frontier pseudo-perplexity RUN}: each residue masked in its turn. */
@Command(
        name = "pseudo-perplexity",
        mixinStandardHelpOptions = true,
        description =
                "Measures a run's newest model: each residue of the first held-out sequences is masked in its turn"
                        + " and predicted from all others; prints JSON.")
final class PseudoPerplexityCommand implements Callable<Integer> {
    @Mixin
    TrainerArguments arguments = new TrainerArguments();

    @Parameters(index = "0", description = "run id")
    String run = "";

    @Option(names = "--sequences", defaultValue = "50", description = "how many (default: ${DEFAULT-VALUE})")
    int sequences;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (RestClient trainer = new RestClient(arguments.address).expecting("trainer-service")) {
            System.out.println(trainer.computed("/models/" + run + "/pseudo-perplexity?sequences=" + sequences)
                    .toPrettyString());
        }
        return 0;
    }
}
