package org.plmfrontier.launcher.suite;

import java.io.IOException;
import java.nio.file.Path;
import org.plmfrontier.stack.kafka.KafkaBroker;

/** Starts the broker of a suite and waits until it accepts connections. */
@FunctionalInterface
public interface BrokerStart {
    KafkaBroker start(Path folder, int port, int controllerPort) throws IOException;
}
