package org.plmfrontier.benchmarks.step;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plmfrontier.contracts.model.ModelShape;

/** The same model in plain eager PyTorch with SDPA, in a process of its own that does one step when it is told to. */
final class EagerTorch implements AutoCloseable {
    private static final String SCRIPT = "benchmarks/gpu/eager.py";

    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    private EagerTorch(Process process) {
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts it, from the project's folder.
     *
     * @param python command that starts Python, for example {@code python3}
     * @return empty where there is no Python, no PyTorch, or one without SDPA; the process says which on standard error
     */
    static Optional<EagerTorch> start(List<String> python, ModelShape shape, int tokens, int length)
            throws IOException {
        List<String> command = new ArrayList<>(python);
        command.addAll(List.of(
                SCRIPT,
                "--layers=" + shape.layers(),
                "--width=" + shape.dModel(),
                "--feed-forward=" + shape.ffnSize(),
                "--heads=" + shape.heads(),
                "--tokens=" + tokens,
                "--length=" + length));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return Optional.empty();
        }
        EagerTorch torch = new EagerTorch(process);
        String ready = torch.answers.readLine();
        if (ready == null) {
            torch.close();
            return Optional.empty();
        }
        return Optional.of(torch);
    }

    /** Seconds of CPU that a step takes. */
    double step() throws IOException {
        commands.write("step\n");
        commands.flush();
        String seconds = answers.readLine();
        if (seconds == null) {
            throw new IOException("the process of PyTorch has ended");
        }
        return Double.parseDouble(seconds);
    }

    @Override
    public void close() throws IOException {
        try {
            commands.close();
        } finally {
            process.destroy();
        }
    }
}
