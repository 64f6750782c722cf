package org.plmfrontier.launcher.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The trainer's program that measures a model, in a JVM of its own on the packaged trainer's class path: JSON to its standard
 * input, JSON from its standard output, what it is doing on this process's standard error.
 *
 * @param application folder of the packaged trainer, {@code quarkus-app}, or {@code /app} of an image
 */
public record TrainerProgram(Path application) {
    private static final String MAIN = "org.plmfrontier.trainer.wiring.EvaluationMain";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Asks it.
     *
     * @throws IOException with its sentence where it could not measure
     */
    public JsonNode answer(JsonNode request) throws IOException, InterruptedException {
        if (!Files.isDirectory(application.resolve("app"))) {
            throw new IOException(
                    "trainer-service is not built: " + application + " is missing; run ./frontier, which builds");
        }
        Process process = new ProcessBuilder(
                        java(),
                        "-XX:MaxRAMPercentage=25",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        classPath(),
                        MAIN)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread stop = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            return answer(process, request);
        } finally {
            process.destroy();
            Runtime.getRuntime().removeShutdownHook(stop);
        }
    }

    private static JsonNode answer(Process process, JsonNode request) throws IOException, InterruptedException {
        try (OutputStream in = process.getOutputStream()) {
            JSON.writeValue(in, request);
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (text.isBlank()) {
            throw new IOException("the trainer's program ended with status " + status + " and without an answer");
        }
        JsonNode answer = JSON.readTree(text);
        if (answer.has("error")) {
            throw new IOException(answer.path("error").asText());
        }
        return answer;
    }

    private String classPath() throws IOException {
        try (Stream<Path> files = Files.walk(application)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar") && !file.endsWith("quarkus-run.jar"))
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    /** This JVM's program, or what FRONTIER_JAVA names. */
    private static String java() {
        String own = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return System.getenv().getOrDefault("FRONTIER_JAVA", own);
    }
}
