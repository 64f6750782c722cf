package org.plmfrontier.trainer.variant;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.plmfrontier.trainer.downstream.SetApart;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.protein.Protein;

/**
 * Reads deep mutational scans in ProteinGym's form (Notin et al. 2023): columns {@code mutant} and {@code DMS_score}, where there
 * is one {@code DMS_score_bin}; others are passed over. Rows that cannot be used are set apart, the rest is a scan. Not
 * thread-safe: one reader, one file.
 */
final class ScanReader {
    private static final String MUTANT = "mutant";
    private static final String SCORE = "DMS_score";
    private static final String LABEL = "DMS_score_bin";

    private final String file;
    private final Protein wildType;
    private final VariantNames names;
    private final List<Variant> variants = new ArrayList<>();
    private final List<Double> scores = new ArrayList<>();
    private final List<Byte> labels = new ArrayList<>();
    private final Set<VariantNames.Site> sites = new HashSet<>();
    private final Set<Variant> known = new HashSet<>();
    private final SetApart apart;
    private long rows;
    private long repeated;

    private ScanReader(String file, Protein wildType, int offset) {
        this.file = file;
        this.wildType = wildType;
        this.names = new VariantNames(wildType, offset);
        this.apart = new SetApart(file, "rows");
    }

    /**
     * Reads a scan.
     *
     * @param path CSV, semicolons or tabs; compressed by gzip or not
     * @param file its name, for people
     * @param name of the scan
     * @param offset what is taken off the numbers of the file to get positions in the protein
     * @throws UnusableDataException where no row can be used, or most fit the protein under another offset only
     */
    static Scan read(Path path, String file, String name, Protein wildType, int offset)
            throws IOException, UnusableDataException {
        ScanReader reader = new ScanReader(file, wildType, offset);
        try (DelimitedRows table = DelimitedRows.open(path, file)) {
            table.require(MUTANT, SCORE);
            while (table.next()) {
                reader.row(table);
            }
        }
        return reader.scan(name);
    }

    private void row(DelimitedRows table) {
        rows++;
        String mutant = table.cell(MUTANT);
        sites.addAll(VariantNames.sites(mutant));
        double score = number(table.cell(SCORE));
        try {
            Variant variant = names.variant(mutant);
            if (!Double.isFinite(score)) {
                apart.add("no number as " + SCORE, table.line(), mutant + ": '" + table.cell(SCORE) + "'");
                return;
            }
            variants.add(variant);
            scores.add(score);
            labels.add(label(table.cell(LABEL)));
            repeated += known.add(variant) ? 0 : 1;
        } catch (VariantNames.BadNameException e) {
            apart.add(String.valueOf(e.getMessage()), table.line(), e.detail());
        }
    }

    private Scan scan(String name) throws UnusableDataException {
        if (2L * variants.size() < rows) {
            OptionalInt fitting = fittingOffset();
            if (fitting.isPresent() && fitting.getAsInt() != names.offset()) {
                throw new UnusableDataException(file + ": only " + variants.size() + " of " + rows
                        + " rows have the wild-type letters of " + wildType.name() + " under the offset "
                        + names.offset()
                        + "; the offset " + fitting.getAsInt() + " fits");
            }
        }
        if (variants.isEmpty()) {
            String why = rows == 0
                    ? "it has no rows"
                    : "is " + wildType.name() + " its wild type? " + String.join("; ", apart.sentences());
            throw new UnusableDataException(file + ": no row can be used: " + why);
        }
        List<String> findings = new ArrayList<>(apart.sentences());
        if (repeated > 0) {
            findings.add(file + ": " + repeated + " rows are of variants that stood there before; each row counts");
        }
        byte[] marks = new byte[labels.size()];
        for (int i = 0; i < marks.length; i++) {
            marks[i] = labels.get(i);
        }
        double[] values = scores.stream().mapToDouble(Double::doubleValue).toArray();
        return new Scan(name, wildType, variants, values, marks, findings);
    }

    private OptionalInt fittingOffset() {
        return OffsetSearch.fitting(wildType, sites);
    }

    private static double number(String text) {
        try {
            return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static byte label(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "1.0", "true" -> 1;
            case "0", "0.0", "false" -> 0;
            default -> -1;
        };
    }
}
