package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** WAITS.md lists every time that a service waits, with the value that the code has. */
class WaitsTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| (\\S+) \\| `([^`]+)` \\| .+ \\|$");
    private static final Pattern TIME = Pattern.compile(".*(timeout|interval|[.-]ms)$");

    @Test
    void theTableHasEveryDurationOfTheCodeAndNoOther() {
        Map<String, String> listed = new TreeMap<>();
        Matcher row = ROW.matcher(Project.read(Project.DEPLOY.resolve("WAITS.md")));
        while (row.find()) {
            listed.put(row.group(2) + " " + row.group(1), row.group(3));
        }
        Map<String, String> real = new TreeMap<>();
        for (String service : Project.SERVICES) {
            ConfigurationKeys.durations(service).forEach((key, value) -> real.put(service + " " + key, value));
            Project.properties(service).forEach((key, value) -> {
                if (TIME.matcher(key.toString()).matches()) {
                    real.put(service + " " + key, value.toString());
                }
            });
        }
        assertThat(real).hasSizeGreaterThan(20);
        assertThat(listed).isEqualTo(real);
    }
}
