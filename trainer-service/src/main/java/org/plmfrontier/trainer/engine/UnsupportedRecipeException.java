package org.plmfrontier.trainer.engine;

/** A recipe asks for what this device cannot do. The message names the field, its value and the device. */
public final class UnsupportedRecipeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * A refusal.
     *
     * @param field for example {@code recipe.precision}
     */
    public UnsupportedRecipeException(String field, Object value, String reason) {
        super(field + " " + value + " refused: " + reason);
    }
}
