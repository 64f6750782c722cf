package org.plmfrontier.dataset;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.plmfrontier.stack.TestStack;

/** The broker and the database of this JVM. */
public final class StackResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        return Map.of(
                "kafka.bootstrap.servers", TestStack.get().bootstrapServers(),
                "quarkus.datasource.jdbc.url", TestStack.get().database("dataset"));
    }

    @Override
    public void stop() {}
}
