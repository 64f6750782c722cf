package org.plmfrontier.launcher.fit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.table.BadTableException;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.RunSheet;
import org.plmfrontier.fitting.table.Table;
import org.plmfrontier.fitting.table.TableReader;
import org.plmfrontier.fitting.table.TextSource;
import org.plmfrontier.fitting.table.UncheckedRows;
import org.plmfrontier.fitting.textfile.EncodedText;

/**
 * A file of losses or optima and how it is to be read.
 *
 * @param runs a file of N and tokens per step by run, for files without them
 */
public record LossFile(
        Path file, ColumnMapping mapping, @Nullable Path runs) {

    /** Something that is read of a text. */
    private interface Reading<T> {
        T of(TextSource text);
    }

    /**
     * Reads the file.
     *
     * @throws BadInputException where it is no such table
     */
    Table read() throws BadInputException {
        Optional<RunSheet> sheet = sheet();
        return read(file, text -> TableReader.readAny(text, mapping, sheet));
    }

    /**
     * The rows of the file one by one, not checked by run.
     *
     * @throws BadInputException where it is no table of losses
     */
    UncheckedRows rows() throws BadInputException {
        Optional<RunSheet> sheet = sheet();
        return read(file, text -> UncheckedRows.of(text, mapping, sheet));
    }

    private Optional<RunSheet> sheet() throws BadInputException {
        return runs == null ? Optional.empty() : Optional.of(read(runs, RunSheet::read));
    }

    private static <T> T read(Path file, Reading<T> reading) throws BadInputException {
        try {
            if (Files.isDirectory(file)) {
                throw new BadInputException(file + " is a folder, no file", null);
            }
            return reading.of(EncodedText.of(() -> Files.newInputStream(file)));
        } catch (BadTableException e) {
            boolean placed = e.line() > 0;
            throw new BadInputException(
                    file + ": " + e.getMessage(), e, placed ? new BadInputException.Place(e.line(), e.column()) : null);
        } catch (NoSuchFileException e) {
            throw new BadInputException("there is no file " + file, e);
        } catch (UncheckedIOException | IOException e) {
            throw new BadInputException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
