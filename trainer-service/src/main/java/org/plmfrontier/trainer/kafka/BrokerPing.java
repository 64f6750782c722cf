package org.plmfrontier.trainer.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Whether the broker answers. Thread-safe. */
public final class BrokerPing implements AutoCloseable {
    private static final long TIMEOUT_MS = 3_000;

    private final Admin admin;

    public BrokerPing(KafkaSettings settings) {
        this.admin = Admin.create(settings.admin());
    }

    /** Whether a node of the cluster answers within {@value #TIMEOUT_MS} ms. */
    public boolean answers() throws InterruptedException {
        try {
            return !admin.describeCluster()
                    .nodes()
                    .get(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
