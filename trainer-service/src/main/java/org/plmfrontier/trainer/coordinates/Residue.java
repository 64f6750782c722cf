package org.plmfrontier.trainer.coordinates;

import java.util.Optional;

/**
 * A residue of a chain that has atoms.
 *
 * @param letter one-letter code, of a modified residue that of what it was; X for an unknown one
 * @param number place in the chain, rising; it jumps where residues are missing
 * @param point where its C-beta is, of glycine its C-alpha; empty where the file does not say
 */
public record Residue(char letter, int number, Optional<Point> point) {
    /** Coordinates in Angstrom. */
    public record Point(double x, double y, double z) {
        /** Angstrom. */
        public double distance(Point other) {
            double dx = x - other.x;
            double dy = y - other.y;
            double dz = z - other.z;
            return Math.sqrt(dx * dx + dy * dy + dz * dz);
        }
    }
}
