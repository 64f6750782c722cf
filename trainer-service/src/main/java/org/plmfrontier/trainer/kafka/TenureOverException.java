package org.plmfrontier.trainer.kafka;

/** The partition belongs to somebody else now; nothing may be published for it. */
final class TenureOverException extends Exception {
    TenureOverException(Tenure tenure) {
        super("partition is no longer owned: " + tenure);
    }
}
