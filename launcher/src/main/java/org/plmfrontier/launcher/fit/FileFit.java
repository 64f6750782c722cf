package org.plmfrontier.launcher.fit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.analysis.Analyses;
import org.plmfrontier.fitting.analysis.Method;
import org.plmfrontier.fitting.analysis.MethodFit;
import org.plmfrontier.fitting.analysis.TableStudy;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.table.BadTableException;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.fitting.table.LossTable;
import org.plmfrontier.fitting.table.TableReader;

/**
 * The answers of the asked methods for one CSV file.
 *
 * @param answers by method, in the order of {@link Method}
 * @param findings what is wrong with the file, by line
 */
public record FileFit(Map<Method, FitOutcome<MethodFit>> answers, List<Finding> findings) {
    public FileFit {
        findings = List.copyOf(findings);
    }

    /**
     * Reads and fits a file.
     *
     * @param group the group to fit where the file has several
     * @throws BadInputException where the file is no table of losses or holds no usable row
     */
    public static FileFit of(
            Path file, ColumnMapping mapping, @Nullable String group, Collection<Method> methods, Bootstrap bootstrap)
            throws BadInputException {
        LossTable table = read(file, mapping);
        if (group != null) {
            table = table.group(group);
        }
        if (table.rows().isEmpty()) {
            throw unusable(file, table, group);
        }
        try {
            return new FileFit(Analyses.fit(TableStudy.of(table), methods, bootstrap), table.findings());
        } catch (IllegalArgumentException e) {
            throw new BadInputException(file + ": " + e.getMessage(), e);
        }
    }

    /** Whether every asked method answered. */
    public boolean isComplete() {
        return answers.values().stream().allMatch(answer -> answer.result().isPresent());
    }

    private static BadInputException unusable(Path file, LossTable table, @Nullable String group) {
        Optional<Finding> first = table.findings().stream()
                .filter(finding -> finding.kind().isFatal())
                .findFirst();
        String sentence = file + " holds no usable row" + (group == null ? "" : " in group '" + group + "'")
                + first.map(finding -> ": " + finding.sentence()).orElse("");
        return new BadInputException(sentence, null, first.orElse(null));
    }

    private static LossTable read(Path file, ColumnMapping mapping) throws BadInputException {
        try (Stream<String> lines = Files.lines(file)) {
            return TableReader.read(lines, mapping);
        } catch (BadTableException e) {
            throw new BadInputException(file + ": " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new BadInputException("there is no file " + file, e);
        } catch (UncheckedIOException | IOException e) {
            boolean binary = e instanceof MalformedInputException || e.getCause() instanceof MalformedInputException;
            throw new BadInputException(
                    binary ? file + " is no UTF-8 text" : file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
