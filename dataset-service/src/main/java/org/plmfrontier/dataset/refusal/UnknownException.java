package org.plmfrontier.dataset.refusal;

/** A request for something that is not there. */
public final class UnknownException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param kind what was asked for, for example {@code corpus}
     * @param id the id that nothing has
     */
    public UnknownException(String kind, String id) {
        super("there is no " + kind + " '" + id + "'");
    }
}
