package org.plmfrontier.fitting.isoflop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.plmfrontier.fitting.quantity.Flag;

/** What is doubtful about parabolas: wide and lopsided grids bias their vertices. */
final class IsoFlopFlags {
    private static final int ENOUGH_SIZES = 5;
    private static final double EDGE = 0.15;
    private static final double WIDE = Math.log(64);

    private IsoFlopFlags() {}

    static List<Flag> of(List<FittedProfile> fitted, int leftOut) {
        List<Flag> flags = new ArrayList<>();
        add(flags, "FEW_SIZES", fitted, IsoFlopFlags::few, "have fewer than five sizes");
        add(
                flags,
                "VERTEX_NEAR_EDGE",
                fitted,
                IsoFlopFlags::nearEdge,
                "have their vertex near or beyond an end of the grid");
        add(
                flags,
                "LOPSIDED_GRID",
                fitted,
                IsoFlopFlags::lopsided,
                "have fewer than two sizes on one side of the vertex");
        add(flags, "WIDE_GRID", fitted, p -> p.largest() - p.smallest() > WIDE, "span more than a factor 64 in N");
        if (leftOut > 0) {
            flags.add(new Flag("BUDGETS_LEFT_OUT", leftOut + " budgets gave no vertex within the sizes tried"));
        }
        if (fitted.size() < 3) {
            flags.add(new Flag("FEW_BUDGETS", "two vertices determine a line exactly, so nothing checks it"));
        }
        return List.copyOf(flags);
    }

    private static void add(
            List<Flag> flags, String code, List<FittedProfile> fitted, Predicate<FittedProfile> doubtful, String what) {
        long count = fitted.stream().filter(doubtful).count();
        if (count > 0) {
            flags.add(new Flag(code, String.format(Locale.ROOT, "%d of %d budgets %s", count, fitted.size(), what)));
        }
    }

    private static boolean few(FittedProfile profile) {
        return Arrays.stream(profile.lnN()).distinct().count() < ENOUGH_SIZES;
    }

    private static boolean nearEdge(FittedProfile profile) {
        double margin = EDGE * (profile.largest() - profile.smallest());
        double vertex = profile.parabola().lnVertex();
        return vertex < profile.smallest() + margin || vertex > profile.largest() - margin;
    }

    private static boolean lopsided(FittedProfile profile) {
        double vertex = profile.parabola().lnVertex();
        long below = Arrays.stream(profile.lnN()).filter(x -> x < vertex).count();
        return below < 2 || profile.lnN().length - below < 2;
    }
}
