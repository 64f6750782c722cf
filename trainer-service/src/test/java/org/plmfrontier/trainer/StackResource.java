package org.plmfrontier.trainer;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.plmfrontier.stack.TestStack;

/** Points the service at the broker of the test process. */
public final class StackResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        return Map.of(
                "kafka.bootstrap.servers", TestStack.get().bootstrapServers(),
                "quarkus.http.test-port", "0",
                "trainer.data-dir", "target/trainer",
                "trainer.engine-dir", "target/engine");
    }

    /** The stack ends with the process. */
    @Override
    public void stop() {}
}
