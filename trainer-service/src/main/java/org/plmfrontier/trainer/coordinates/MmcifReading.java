package org.plmfrontier.trainer.coordinates;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.trainer.downstream.UnusableDataException;

/** Atoms of the {@code _atom_site} loop of an mmCIF file, first model, line by line. Not thread-safe. */
final class MmcifReading {
    private final ChainBuilder chains;
    private final List<String> names = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private boolean loop;
    private boolean text;
    private @Nullable AtomSiteColumns columns;
    private @Nullable String model;

    MmcifReading(ChainBuilder chains) {
        this.chains = chains;
    }

    /**
     * Reads a line.
     *
     * @param place file and line, for people
     * @throws UnusableDataException where an atom cannot be read
     */
    void accept(String line, String place) throws UnusableDataException {
        if (line.startsWith(";")) {
            text = !text;
        } else if (!text) {
            for (CifWord word : CifWord.of(line)) {
                if (word.beginsLoop() || word.beginsBlock()) {
                    end(place);
                    loop = word.beginsLoop();
                } else if (word.isName()) {
                    name(word.text().toLowerCase(Locale.ROOT), place);
                } else if (loop && !names.isEmpty()) {
                    value(word.text(), place);
                }
            }
        }
    }

    /** @throws UnusableDataException where the last atom is short of values */
    void end(String place) throws UnusableDataException {
        if (!values.isEmpty()) {
            throw new UnusableDataException(
                    place + ": the last atom has " + values.size() + " values of " + names.size());
        }
        names.clear();
        columns = null;
        loop = false;
    }

    private void name(String name, String place) throws UnusableDataException {
        if (columns != null) {
            end(place);
        }
        if (loop && name.startsWith("_atom_site.")) {
            names.add(name);
        } else {
            loop = false;
        }
    }

    private void value(String word, String place) throws UnusableDataException {
        AtomSiteColumns known = columns;
        if (known == null) {
            known = new AtomSiteColumns(names, place);
            columns = known;
        }
        values.add(word);
        if (values.size() == known.size()) {
            if (known.isPolymer(values) && isFirstModel(known.model(values))) {
                chains.add(known.atom(values, place));
            }
            values.clear();
        }
    }

    private boolean isFirstModel(String number) {
        if (model == null) {
            model = number;
        }
        return number.equals(model);
    }
}
