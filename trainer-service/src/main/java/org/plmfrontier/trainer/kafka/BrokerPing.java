package org.plmfrontier.trainer.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.plmfrontier.runtime.retry.FailureSentence;

/** Whether the broker answers. Thread-safe. */
public final class BrokerPing implements AutoCloseable {
    private static final long TIMEOUT_MS = 3_000;
    private static final String NO_ANSWER = "the broker does not answer within " + TIMEOUT_MS + " ms";

    private final Admin admin;

    public BrokerPing(KafkaSettings settings) {
        this.admin = Admin.create(settings.admin());
    }

    /** Why no node of the cluster answers within {@value #TIMEOUT_MS} ms, one line; empty where one does. */
    public Optional<String> notReadyReason() throws InterruptedException {
        try {
            boolean none = admin.describeCluster()
                    .nodes()
                    .get(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .isEmpty();
            return none ? Optional.of("the cluster has no brokers") : Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(sentence(e));
        } catch (TimeoutException e) {
            return Optional.of(NO_ANSWER);
        }
    }

    private static String sentence(ExecutionException failure) {
        return switch (failure.getCause()) {
            case UnsupportedVersionException old -> "the broker is too old: " + old.getMessage();
            case org.apache.kafka.common.errors.TimeoutException late -> NO_ANSWER;
            case null, default -> FailureSentence.of(failure);
        };
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
