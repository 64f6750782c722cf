package org.plmfrontier.launcher.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that reads or writes topics itself. */
final class BrokerArguments {
    @Option(
            names = "--kafka",
            defaultValue = "127.0.0.1:29092",
            description = "bootstrap servers (default: ${DEFAULT-VALUE}, the local suite's)")
    String kafka = "";

    @Option(
            names = "--client-config",
            description = "file of further client properties, such as those for TLS and SASL")
    @Nullable
    Path clientConfig;

    /** Settings of clients of this broker. */
    Map<String, Object> connection() throws IOException {
        Map<String, Object> settings = new HashMap<>();
        if (clientConfig != null) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(clientConfig)) {
                properties.load(reader);
            }
            properties.forEach((key, value) -> settings.put(key.toString(), value));
        }
        settings.put("bootstrap.servers", kafka);
        return settings;
    }
}
