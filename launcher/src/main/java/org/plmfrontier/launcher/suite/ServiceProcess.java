package org.plmfrontier.launcher.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One service as the process that it is in production: the packaged jar in a JVM of its own, its output in a file. */
public final class ServiceProcess {
    /** How long a service may take to leave after SIGTERM before it is killed. */
    private static final long GRACE_SECONDS = 20;

    private static final Pattern PORT_TAKEN = Pattern.compile("already bound|Address already in use");
    private static final int LINES_OF_AN_END = 12;
    /** A process that ran out of memory has lost some thread or other and ends, as it does in an image. */
    private static final String END_WITHOUT_MEMORY = "-XX:+ExitOnOutOfMemoryError";

    private final String name;
    private final int port;
    private final Path log;
    private final ProcessBuilder builder;
    private final Process process;

    private ServiceProcess(String name, int port, Path log, ProcessBuilder builder) throws IOException {
        this.name = name;
        this.port = port;
        this.log = log;
        this.builder = builder;
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        process = builder.start();
        process.getOutputStream().close();
    }

    /**
     * Starts a service.
     *
     * @param jar the packaged application, quarkus-run.jar
     * @param options JVM options
     * @param environment configuration beyond this process's own environment
     * @throws StartupException where the service was not built
     */
    public static ServiceProcess start(
            String name, Path jar, int port, Path log, List<String> options, Map<String, String> environment)
            throws IOException {
        if (!Files.exists(jar)) {
            throw new StartupException(name + " is not built: " + jar + " is missing; run ./frontier, which builds");
        }
        List<String> command = new ArrayList<>();
        command.add(java());
        command.add(END_WITHOUT_MEMORY);
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return new ServiceProcess(name, port, log, builder);
    }

    /** The same service started again on another port. */
    ServiceProcess onPort(int other) throws IOException {
        return new ServiceProcess(name, other, log, builder);
    }

    /** Whether it ended because something listened on its port. */
    boolean portWasTaken() throws IOException {
        return !isAlive() && PORT_TAKEN.matcher(lastLines(LINES_OF_AN_END)).find();
    }

    /** The program that runs services: this JVM's, or what FRONTIER_JAVA names, such as one that runs an image. */
    private static String java() {
        String own = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return System.getenv().getOrDefault("FRONTIER_JAVA", own);
    }

    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    public Path log() {
        return log;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its exit status; it must have ended. */
    int exitStatus() {
        return process.exitValue();
    }

    /** Asks the service to leave, SIGTERM, without waiting. */
    public void askToLeave() {
        process.destroy();
    }

    /** Waits until it left; kills it after the grace period. Returns its exit status. */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return process.waitFor();
    }

    /** The last lines of its output, for a message about why it ended. */
    public String lastLines(int count) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }
}
