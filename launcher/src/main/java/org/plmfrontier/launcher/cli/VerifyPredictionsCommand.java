package org.plmfrontier.launcher.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.launcher.verification.PredictionVerification;
import org.plmfrontier.launcher.verification.VerificationReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./frontier verify-predictions [STUDY]}: computes every sealed prediction again from the log alone. */
@Command(
        name = "verify-predictions",
        mixinStandardHelpOptions = true,
        description =
                "Reads the sealed predictions of the topic forecasts and computes each again from the training events before its"
                        + " offsets, without any service or database; both must agree to the byte. Exit status 0: all do; 1: one"
                        + " differs or cannot be computed again; 3: there are none.")
final class VerifyPredictionsCommand implements Callable<Integer> {
    private static final int DIFFERS = 1;
    private static final int NONE = 3;

    @Parameters(index = "0", arity = "0..1", paramLabel = "STUDY", description = "only those of this study")
    @Nullable
    String study;

    @Option(names = "--json", description = "everything as JSON")
    boolean json;

    @Mixin
    BrokerArguments broker = new BrokerArguments();

    @Override
    public Integer call() throws IOException {
        VerificationReport report = report();
        System.out.print(json ? report.json() : report.text());
        if (report.verdicts().isEmpty()) {
            System.err.println("frontier: there are no predictions"
                    + Optional.ofNullable(study)
                            .map(id -> " of study '" + id + "'")
                            .orElse(""));
            return NONE;
        }
        return report.allAgree() ? 0 : DIFFERS;
    }

    private VerificationReport report() throws IOException {
        try (PredictionVerification verification = new PredictionVerification(broker.connection())) {
            return verification.run(Optional.ofNullable(study));
        } catch (KafkaException | IllegalStateException e) {
            throw new IOException("the topics at " + broker.kafka + " cannot be read: " + e.getMessage(), e);
        }
    }
}
