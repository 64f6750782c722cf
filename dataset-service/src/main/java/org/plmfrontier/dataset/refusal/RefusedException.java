package org.plmfrontier.dataset.refusal;

import java.util.Objects;

/**
 * A request that names something impossible. The message is for people; the field says where in the request it stands.
 */
public final class RefusedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String field;

    /**
     * @param field path within the request, for example {@code shapes[1].dModel}
     * @param message what is wrong with it, with the value
     */
    public RefusedException(String field, String message) {
        super(message);
        this.field = Objects.requireNonNull(field, "field");
    }

    public String field() {
        return field;
    }
}
