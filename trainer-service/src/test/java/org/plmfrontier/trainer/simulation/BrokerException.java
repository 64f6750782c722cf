package org.plmfrontier.trainer.simulation;

/** The broker could not be reached or refused; what became of the transaction is unknown. */
final class BrokerException extends RuntimeException {
    private static final long serialVersionUID = 1;
}
