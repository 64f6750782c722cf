package org.plmfrontier.trainer.coordinates;

import org.plmfrontier.trainer.downstream.UnusableDataException;

/** Numbers of atoms, refused with their place. */
final class Fields {
    private Fields() {}

    static double number(String field, String text, String place) throws UnusableDataException {
        try {
            double value = Double.parseDouble(text.strip());
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw new UnusableDataException(place + ": " + field + " must be a number, got '" + text.strip() + "'");
    }

    static int whole(String field, String text, String place) throws UnusableDataException {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new UnusableDataException(
                    place + ": " + field + " must be a whole number, got '" + text.strip() + "'");
        }
    }
}
