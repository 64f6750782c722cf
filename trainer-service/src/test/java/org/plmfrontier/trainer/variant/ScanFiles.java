package org.plmfrontier.trainer.variant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationKind;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;

/** An evaluation of files in a folder. */
public final class ScanFiles {
    private final Path folder;
    private final List<EvaluationData> data = new ArrayList<>();
    private final TreeMap<String, String> options = new TreeMap<>();

    public ScanFiles(Path folder) {
        this.folder = folder;
    }

    /** Writes a file. */
    public ScanFiles with(String role, String name, String content) {
        try {
            Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return withExisting(role, name);
    }

    /** Takes a file that is there. */
    public ScanFiles withExisting(String role, String name) {
        data.add(new EvaluationData(role, name, "%064x".formatted(data.size()), 1));
        return this;
    }

    public ScanFiles option(String name, String value) {
        options.put(name, value);
        return this;
    }

    public EvaluationSpec spec(EvaluationKind kind) {
        return new EvaluationSpec("e", kind, options, data);
    }

    public Path path(EvaluationData file) {
        return folder.resolve(file.name());
    }
}
