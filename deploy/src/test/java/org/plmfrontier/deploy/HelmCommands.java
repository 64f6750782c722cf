package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plmfrontier.deploy.Chart.Release;
import org.plmfrontier.deploy.Rehearsal.Call;

/** Commands of helm: operators come from registries, and the project's chart is rendered with what the command gives it. */
final class HelmCommands {
    private static final String CHART = "deploy/helm/plm-frontier";

    private HelmCommands() {}

    static void check(Call call) {
        switch (call.arguments().getFirst()) {
            case "install", "upgrade" -> checkInstallation(call);
            case "package" -> assertThat(call.arguments()).contains(CHART);
            case "uninstall" -> assertThat(call.arguments()).contains("plm-frontier");
            default -> fail("no check for " + call);
        }
    }

    private static void checkInstallation(Call call) {
        if (call.arguments().stream().anyMatch(argument -> argument.startsWith("oci://"))) {
            return;
        }
        assertThat(call.arguments()).as("chart of %s", call).contains(CHART);
        List<Path> files = call.values("-f").map(Project.ROOT::resolve).toList();
        assertThat(files).allSatisfy(file -> assertThat(file).exists());
        Map<String, String> values = new LinkedHashMap<>();
        call.values("--set")
                .forEach(value -> values.put(value.substring(0, value.indexOf('=')), value.replaceFirst("[^=]*=", "")));
        String namespace = call.values("-n").findFirst().orElseThrow(() -> new AssertionError("no namespace: " + call));
        try {
            Chart.render(new Release("plm-frontier", namespace, files, values));
        } catch (IllegalStateException e) {
            throw new AssertionError(call + ": " + e.getMessage(), e);
        }
    }
}
