package org.plmfrontier.fitting.resample;

/** What a stream of random numbers is for: each purpose has its own streams under one seed. The salts never change. */
public enum Purpose {
    ENVELOPE(1),
    SURFACE(2),
    PARABOLA(3),
    POWER_LAW(4),
    REPETITION(5),
    FLOOR(6),
    METRIC(7);

    private final long salt;

    Purpose(long salt) {
        this.salt = salt;
    }

    long salt() {
        return salt;
    }
}
