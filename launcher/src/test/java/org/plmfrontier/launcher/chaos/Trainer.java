package org.plmfrontier.launcher.chaos;

import java.io.IOException;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.suite.ServiceProcess;

/** A trainer's process with what it says of itself and what can be done to it. */
final class Trainer implements AutoCloseable {
    private final ServiceProcess process;
    private final RestClient client;

    Trainer(ServiceProcess process) {
        this.process = process;
        this.client = new RestClient("http://127.0.0.1:" + process.port());
    }

    String name() {
        return process.name();
    }

    ServiceProcess process() {
        return process;
    }

    boolean isReady() throws InterruptedException {
        try {
            client.get("/q/health/ready");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Steps done of the slice in hand; 0 where it does not answer. */
    double sliceSteps() throws InterruptedException {
        return metric("trainer_slice_steps");
    }

    /** Steps done since it started; 0 where it does not answer. */
    double steps() throws InterruptedException {
        return metric("trainer_steps_total");
    }

    private double metric(String name) throws InterruptedException {
        try {
            return client.text("/q/metrics", "text/plain")
                    .lines()
                    .filter(line -> line.startsWith(name))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    void kill() {
        process.handle().destroyForcibly();
        process.handle().onExit().join();
    }

    void stopInPlace() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void goOn() throws IOException, InterruptedException {
        signal("-CONT");
    }

    /** No file beyond this size can be written, as if the disk were full; the process's own soft limit. */
    void limitFiles(String bytes) throws IOException, InterruptedException {
        run("prlimit", "--pid", Long.toString(process.handle().pid()), "--fsize=" + bytes + ":");
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return name();
    }

    private void signal(String name) throws IOException, InterruptedException {
        run("kill", name, Long.toString(process.handle().pid()));
    }

    /** A process that is gone meanwhile is no failure. */
    private void run(String... command) throws IOException, InterruptedException {
        if (!process.isAlive()) {
            return;
        }
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0 && process.isAlive()) {
            throw new IOException(String.join(" ", command) + " ended with " + status);
        }
    }
}
