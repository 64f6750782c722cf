package org.plmfrontier.dataset.seed;

/**
 * What a stream of numbers is for; each purpose has its own stream under one seed. The salts are part of the corpus
 * id's meaning and never change.
 */
public enum Purpose {
    SPLIT(1),
    SHUFFLE(2),
    LENGTH_WINDOW(3),
    PACKING(4);

    private final long salt;

    Purpose(long salt) {
        this.salt = salt;
    }

    long salt() {
        return salt;
    }
}
