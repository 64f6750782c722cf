package org.plmfrontier.dataset.design;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Precision;

/**
 * What a budget buys.
 *
 * @param available FLOPs or seconds
 * @param training whether it is of training FLOPs alone
 * @param speed training FLOPs per second of one device at a shape; 1 where FLOPs are counted
 * @param devices how many train side by side; 0 where what they take is added up
 * @param precision in which they train
 * @param sentence where the budget and the speeds come from
 */
record Spending(
        double available,
        boolean training,
        ToDoubleFunction<ModelShape> speed,
        int devices,
        Precision precision,
        String sentence) {
    /** Share of the time of a device that goes to checkpoints and waiting. */
    private static final double OVERHEAD = 0.1;

    /** The same where trainers share the processors with broker, database and fits. */
    private static final double OVERHEAD_HERE = 0.25;

    private static final String AMONG = "evaluations among them";
    private static final String ON_TOP = "evaluations on top of them";

    private static final double SECONDS_PER_HOUR = 3_600;

    /** FLOPs, wherever they are spent. */
    static Spending ofFlops(double flops) {
        return new Spending(
                flops,
                true,
                shape -> 1,
                0,
                Precision.FP32,
                String.format(Locale.ROOT, "%.3g FLOPs for all runs together", flops));
    }

    /** Time of devices that are known by name. */
    static Spending on(ComputeBudget.OnDevice budget) {
        KnownDevice device = budget.device();
        return new Spending(
                budget.deviceSeconds() * (1 - OVERHEAD),
                false,
                shape -> device.flopsPerSecond(),
                0,
                device.precision(),
                String.format(
                        Locale.ROOT,
                        "%.3g device-hours, " + AMONG
                                + ", a tenth of them for checkpoints; one %s is reckoned at %.0f %% of its"
                                + " %.0f TFLOP/s until one has trained",
                        budget.deviceSeconds() / SECONDS_PER_HOUR,
                        device.name(),
                        100 * KnownDevice.UTILISATION,
                        device.peakFlops() / 1e12));
    }

    /** Time of trainers whose speed was measured. */
    static Spending here(ComputeBudget.Here budget, ToDoubleFunction<ModelShape> measured, int devices) {
        return new Spending(
                budget.seconds() * (1 - OVERHEAD_HERE),
                false,
                measured,
                budget.together() ? 0 : devices,
                Precision.FP32,
                String.format(
                        Locale.ROOT,
                        "%s%s, " + AMONG
                                + ", a quarter of them for checkpoints, fits and waiting, at the speeds that the trainers were"
                                + " measured at",
                        time(budget.seconds()),
                        budget.together()
                                ? " of all devices together"
                                : " of " + devices + (devices == 1 ? " device" : " devices side by side")));
    }

    private static String time(double seconds) {
        return seconds < 120
                ? String.format(Locale.ROOT, "%.0f seconds", seconds)
                : String.format(Locale.ROOT, "%.1f minutes", seconds / 60).replace(".0 ", " ");
    }

    /** Whether evaluations are paid from it: of time they are, of training FLOPs they are not. */
    boolean evaluates() {
        return !training;
    }

    /** The same with evaluations on top of it. */
    Spending withoutEvaluations() {
        return new Spending(available, true, speed, devices, precision, sentence.replace(AMONG, ON_TOP));
    }

    /**
     * What runs take, in the unit of {@link #available}: together, or until the last of the devices is done, the longest runs
     * first.
     *
     * @param flops of each shape
     */
    double of(List<ModelShape> shapes, List<Double> flops) {
        double[] each = new double[shapes.size()];
        for (int i = 0; i < each.length; i++) {
            each[i] = flops.get(i) / speed.applyAsDouble(shapes.get(i));
        }
        if (devices == 0) {
            return Arrays.stream(each).sum();
        }
        double[] busy = new double[devices];
        Arrays.stream(each).boxed().sorted(Comparator.reverseOrder()).forEach(time -> busy[leastBusy(busy)] += time);
        return Arrays.stream(busy).max().orElseThrow();
    }

    private static int leastBusy(double[] busy) {
        int least = 0;
        for (int i = 1; i < busy.length; i++) {
            least = busy[i] < busy[least] ? i : least;
        }
        return least;
    }
}
