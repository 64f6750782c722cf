package org.plmfrontier.launcher.fit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.plmfrontier.fitting.table.BadTableException;
import org.plmfrontier.fitting.table.Column;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.LossRows;
import org.plmfrontier.fitting.table.RunSheet;
import org.plmfrontier.fitting.table.RunSizes;
import org.plmfrontier.fitting.table.Table;
import org.plmfrontier.fitting.table.TableReader;
import org.plmfrontier.fitting.table.TextSource;
import org.plmfrontier.fitting.table.UncheckedRows;
import org.plmfrontier.fitting.textfile.EncodedText;
import org.plmfrontier.fitting.tracking.EventFormat;
import org.plmfrontier.fitting.tracking.LogFiles;
import org.plmfrontier.fitting.tracking.LogFormat;
import org.plmfrontier.fitting.tracking.MetricCsvFormat;
import org.plmfrontier.fitting.tracking.MetricFileFormat;
import org.plmfrontier.fitting.tracking.RunName;
import org.plmfrontier.fitting.tracking.ScalarCsvFormat;
import org.plmfrontier.fitting.tracking.TrackedRows;

/**
 * A file of losses or optima, or a folder of files of an experiment tracker, and how it is to be read. What it is is
 * recognised by content.
 *
 * @param mapping headers of a table that were named by hand
 * @param options what is said of runs beside the file
 */
public record LossFile(Path file, ColumnMapping mapping, RunOptions options) {
    /** The first has most beside the losses, and is taken where a folder has files of several. */
    private static final List<LogFormat> FORMATS = List.of(
            new TrainerStateFormat(),
            new EventFormat(),
            new MetricFileFormat(),
            new ScalarCsvFormat(),
            new MetricCsvFormat());

    /** Something that is read of files. */
    private interface Reading<T> {
        T read() throws IOException, BadInputException;
    }

    /** A file of which nothing more is said. */
    public LossFile(Path file, ColumnMapping mapping) {
        this(file, mapping, RunOptions.none());
    }

    /**
     * Whether it is a table that has all that is needed, so that a service can take the very file.
     *
     * @throws BadInputException where there is no such file
     */
    public boolean isWholeTable() throws BadInputException {
        return tracked().isEmpty() && sizes().isEmpty() && options.tag() == null;
    }

    /** The last part of its path; of a trainer's state that of its folder, since all are called alike. */
    public String title() {
        Path path = file.toAbsolutePath().normalize();
        boolean state = RunName.last(path).equals("trainer_state.json");
        return RunName.last(state ? RunName.folder(path) : path);
    }

    /**
     * Reads the file and checks it by run.
     *
     * @throws BadInputException where it is no such table
     */
    Table read() throws BadInputException {
        Optional<TrackedRows> tracked = trackedRows();
        return tracked.isPresent()
                ? guarded(file, () -> TableReader.losses(tracked.get()))
                : guarded(file, () -> TableReader.readAny(text(file), tableMapping(), tableSizes()));
    }

    /**
     * The rows of the file one by one, not checked by run.
     *
     * @throws BadInputException where it is no table of losses
     */
    LossRows rows() throws BadInputException {
        Optional<TrackedRows> tracked = trackedRows();
        return tracked.isPresent()
                ? tracked.get()
                : guarded(file, () -> UncheckedRows.of(text(file), tableMapping(), tableSizes()));
    }

    private Optional<TrackedRows> trackedRows() throws BadInputException {
        Optional<LogFiles> found = tracked();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        LogFiles files = found.get();
        if (!mapping.isUsual()) {
            throw new BadInputException(
                    file + ": these are " + files.format().name()
                            + ", which have no columns to be named; choose a scalar" + " with --tag",
                    null);
        }
        RunSizes sizes = sizes();
        return Optional.of(guarded(file, () -> TrackedRows.of(files.format(), files.open(), options.tag(), sizes)));
    }

    /** Files of a tracker; a table of one is taken as such where its headers are named by hand. */
    private Optional<LogFiles> tracked() throws BadInputException {
        return guarded(file, () -> LogFiles.at(file, FORMATS))
                .filter(found -> mapping.isUsual() || !found.format().isTable() || Files.isDirectory(file));
    }

    private ColumnMapping tableMapping() {
        String tag = options.tag();
        return tag == null || mapping.headers().containsKey(Column.LOSS) ? mapping : mapping.with(Column.LOSS, tag);
    }

    private RunSizes tableSizes() throws BadInputException {
        return sizes().named(title().replaceFirst("\\.[A-Za-z0-9]{1,5}$", ""));
    }

    private RunSizes sizes() throws BadInputException {
        Path runs = options.runs();
        Optional<RunSheet> sheet =
                runs == null ? Optional.empty() : Optional.of(guarded(runs, () -> RunSheet.read(text(runs))));
        return new RunSizes(sheet, options.names(), options.every(), "");
    }

    private static TextSource text(Path file) throws IOException, BadInputException {
        if (Files.isDirectory(file)) {
            throw new BadInputException(file + " is a folder, no file", null);
        }
        return EncodedText.of(() -> Files.newInputStream(file));
    }

    private static <T> T guarded(Path file, Reading<T> reading) throws BadInputException {
        try {
            return reading.read();
        } catch (BadTableException e) {
            boolean placed = e.line() > 0;
            throw new BadInputException(
                    file + ": " + e.getMessage(), e, placed ? new BadInputException.Place(e.line(), e.column()) : null);
        } catch (NoSuchFileException e) {
            throw new BadInputException("there is no file " + e.getFile(), e);
        } catch (UncheckedIOException | IOException e) {
            throw new BadInputException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
