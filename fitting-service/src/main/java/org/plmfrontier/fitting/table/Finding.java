package org.plmfrontier.fitting.table;

/**
 * Something that a reader of a fit has to know about its table.
 *
 * @param kind what
 * @param line line in the file, 0 where it is about the whole file
 * @param column header or label of the column, empty where it is about no single one
 * @param run the run, empty where unknown
 * @param sentence for people, with the value found
 */
public record Finding(Kind kind, int line, String column, String run, String sentence) {

    /** What was found, and what it does to rows. */
    public enum Kind {
        /** A cell is no positive finite number: the row is unusable. */
        BAD_VALUE(Effect.UNUSABLE),
        /** The row has another number of cells than the header: it is unusable. */
        BAD_ROW(Effect.UNUSABLE),
        /** A number is far outside anything that was ever trained, or beside the other runs: another unit; unusable. */
        ABSURD_UNITS(Effect.UNUSABLE),
        /** FLOPs are negative, zero, no number, or fall while tokens rise, as sums overflow: 6 N D in the whole run. */
        OVERFLOWED_FLOPS(Effect.NONE),
        /**
         * C over 6 N D is not between 0.5 and 2, or is not what Table 5 gives for a model whose N is one of Table 4's: C is
         * used as given.
         */
        FLOPS_OFF(Effect.NONE),
        /** The row repeats another row: one of them is set apart. */
        DUPLICATE_ROW(Effect.SET_APART),
        /** Two runs have the same losses throughout. */
        DUPLICATE_RUN(Effect.NONE),
        /** D falls while the step rises, so D was counted anew: the run's rows from there on are set apart. */
        TOKENS_FALL(Effect.SET_APART),
        /** N changes within the run: rows of another run stand in it. */
        MIXED_RUN(Effect.NONE),
        /** The run's first rows cost other FLOPs per token than the rest: they look like rows of another run. */
        FOREIGN_ROWS(Effect.NONE),
        /** A run has as many rows as exporters cap at. */
        CAPPED_EXPORT(Effect.NONE),
        /** Several columns answer to one quantity: which was taken, and how another one is. */
        COLUMN_CHOSEN(Effect.NONE),
        /** Losses are converted to nats from the unit that the header names. */
        LOSS_CONVERTED(Effect.NONE),
        /** Losses are higher than trained models have in nats: perhaps another unit, taken as nats. */
        LOSS_HIGH(Effect.NONE),
        /** A header's unit is applied, or is not known and left out. */
        HEADER_UNIT(Effect.NONE),
        /** How commas in numbers are read. */
        NUMBER_FORMAT(Effect.NONE),
        /** A cell of an optional column is no number: taken as blank. */
        IGNORED_VALUE(Effect.NONE),
        /** Lines that look like rows are comments, or stand above the header: not read. */
        SKIPPED_LINES(Effect.NONE),
        /** The file is no UTF-8: it is read in another encoding. */
        OTHER_ENCODING(Effect.NONE),
        /** A step of the run stands there twice with two losses: the later one stands. */
        REPEATED_STEP(Effect.SET_APART),
        /** All rows of a run have one D and no step: each is taken as a training of its own, as with several seeds. */
        REPEATED_TRAINING(Effect.NONE),
        /** The run goes back and on again: the later branch stands, the earlier one from there on is set apart. */
        RESUMED_RUN(Effect.SET_APART),
        /** The run's rows are in no order: they are taken ascending by D. */
        OUT_OF_ORDER(Effect.NONE),
        /** The step falls although D rises: the rows are taken by D. */
        STEPS_FALL(Effect.NONE),
        /** C is in another unit than FLOPs: 6 N D stands for it. */
        FLOPS_UNIT(Effect.NONE),
        /** C is blank in some rows of a run: what stands for it. */
        FLOPS_COMPUTED(Effect.NONE),
        /** C is as given in some runs and 6 N D in others, and the two differ. */
        MIXED_FLOPS(Effect.NONE),
        /** The suite trains a study of the id under which the file was imported: the import has another one. */
        ID_TAKEN(Effect.NONE);

        private enum Effect {
            NONE,
            SET_APART,
            UNUSABLE
        }

        private final Effect effect;

        Kind(Effect effect) {
            this.effect = effect;
        }

        /** Whether the row cannot be used at all. */
        public boolean isFatal() {
            return effect == Effect.UNUSABLE;
        }

        /** Whether rows do not enter because of it. */
        public boolean setsApart() {
            return effect != Effect.NONE;
        }
    }

    /**
     * A finding whose sentence begins with its place.
     *
     * @param what the rest of the sentence
     */
    static Finding at(Kind kind, int line, String column, String run, String what) {
        return new Finding(kind, line, column, run, place(line, column, run) + ": " + what);
    }

    /** For example "line 3, column C, run a". */
    static String place(int line, String column, String run) {
        return "line " + line + (column.isEmpty() ? "" : ", column " + column) + (run.isEmpty() ? "" : ", run " + run);
    }
}
