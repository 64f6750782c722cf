package org.plmfrontier.fitting;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.plmfrontier.stack.TestStack;

/** The real broker and database behind the service's tests, one for all of them. */
public final class FittingStack implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        TestStack stack = TestStack.get();
        EventWriter.createTopic(stack.bootstrapServers());
        return Map.of(
                "kafka.bootstrap.servers", stack.bootstrapServers(),
                "quarkus.datasource.jdbc.url", stack.database("fitting"),
                "quarkus.http.test-port", "0",
                "fitting.refit.interval", "100ms",
                "fitting.refit.resamples", "20",
                "fitting.live.tick", "100ms");
    }

    @Override
    public void stop() {}
}
