package org.plmfrontier.fitting.table;

/**
 * Something wrong with a table.
 *
 * @param kind what
 * @param line line in the file, 0 where it is about the whole file
 * @param column header or label of the column, empty where it is about no single one
 * @param run the run, empty where unknown
 * @param sentence for people, with the value found
 */
public record Finding(Kind kind, int line, String column, String run, String sentence) {

    /** What was found, and what it does to the row. */
    public enum Kind {
        /** A cell is no positive finite number: the row is unusable. */
        BAD_VALUE(true),
        /** The row has another number of cells than the header: it is unusable. */
        BAD_ROW(true),
        /** A number is far outside anything that was ever trained, probably another unit: the row is unusable. */
        ABSURD_UNITS(true),
        /** FLOPs are negative or zero, as sums overflow in exports: C of the row is not used. */
        OVERFLOWED_FLOPS(false),
        /**
         * C over 6 N D is not between 0.5 and 2, or is not what Table 5 gives for a model whose N is one of Table 4's: C of
         * the row is used as given.
         */
        FLOPS_OFF(false),
        /** The row repeats another row: it is set apart. */
        DUPLICATE_ROW(false),
        /** Two runs have the same losses throughout. */
        DUPLICATE_RUN(false),
        /** D falls while the step rises. */
        TOKENS_FALL(false),
        /** N changes within the run: rows of another run stand in it. */
        MIXED_RUN(false),
        /** The run's first rows cost other FLOPs per token than the rest: they look like rows of another run. */
        FOREIGN_ROWS(false),
        /** A run has as many rows as exporters cap at. */
        CAPPED_EXPORT(false);

        private final boolean fatal;

        Kind(boolean fatal) {
            this.fatal = fatal;
        }

        /** Whether the row cannot be used at all. */
        public boolean isFatal() {
            return fatal;
        }
    }
}
