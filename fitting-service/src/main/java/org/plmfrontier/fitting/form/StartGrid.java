package org.plmfrontier.fitting.form;

/** Every combination of values of some parameters; the last parameter changes first. */
public final class StartGrid {
    private StartGrid() {}

    /**
     * All combinations.
     *
     * @param axes [parameters][values]
     * @return [combinations][parameters]
     */
    static double[][] of(double[][] axes) {
        double[][] grid = new double[size(axes)][axes.length];
        for (int node = 0; node < grid.length; node++) {
            for (int axis = 0; axis < axes.length; axis++) {
                grid[node][axis] = axes[axis][index(axes, node, axis)];
            }
        }
        return grid;
    }

    /** Whether two combinations are the same or next to each other along every axis. */
    public static boolean neighbours(double[][] axes, int one, int other) {
        for (int axis = 0; axis < axes.length; axis++) {
            if (Math.abs(index(axes, one, axis) - index(axes, other, axis)) > 1) {
                return false;
            }
        }
        return true;
    }

    private static int size(double[][] axes) {
        int size = 1;
        for (double[] axis : axes) {
            size *= axis.length;
        }
        return size;
    }

    private static int index(double[][] axes, int node, int axis) {
        int left = node;
        for (int later = axes.length - 1; later > axis; later--) {
            left /= axes[later].length;
        }
        return left % axes[axis].length;
    }
}
