package org.plmfrontier.trainer.huggingface;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;

/** The fields of a {@code config.json}, read with the field named in every refusal. */
final class ConfigFields {
    private static final int LONGEST_SHOWN = 80;

    private final Map<String, ?> fields;

    ConfigFields(Map<String, ?> fields) {
        this.fields = fields;
    }

    /** What builds a shape of fields. */
    @FunctionalInterface
    interface ShapeOfFields {
        ModelShape build() throws UnfitModelException;
    }

    Family family(Map<Family, String> types) throws UnfitModelException {
        Object type = fields.get("model_type");
        for (Map.Entry<Family, String> known : types.entrySet()) {
            if (known.getValue().equals(type)) {
                return known.getKey();
            }
        }
        throw refusal("model_type", "is " + shown("model_type") + ", known are " + types.values());
    }

    /** A whole number written as one: Python refuses 6.0 layers too. */
    int whole(String field) throws UnfitModelException {
        if (fields.get(field) instanceof Integer number) {
            return number;
        }
        throw refusal(field, "is " + shown(field) + ", not a whole number of 32 bits");
    }

    boolean flag(String field) throws UnfitModelException {
        if (fields.get(field) instanceof Boolean flag) {
            return flag;
        }
        throw refusal(field, "is " + shown(field) + ", not true or false");
    }

    /** Refuses a field that is absent or another; 1 and 1.0 are the same number. */
    void require(String field, Object wanted) throws UnfitModelException {
        Object found = fields.get(field);
        boolean same = wanted instanceof Number number
                ? found instanceof Number other && other.doubleValue() == number.doubleValue()
                : wanted.equals(found);
        if (!same) {
            throw refusal(field, "is " + shown(field) + ", this trainer's models have " + wanted);
        }
    }

    /** Refuses a field that is there and says more than nothing: null, false, or an empty list or object. */
    void requireNothing(String field, String why) throws UnfitModelException {
        Object value = fields.get(field);
        boolean nothing = value == null
                || value.equals(false)
                || (value instanceof Collection<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> object && object.isEmpty());
        if (!nothing) {
            throw refusal(field, "is " + shown(field) + ": " + why);
        }
    }

    /** Refuses a list that is there and does not hold the entry. */
    void requireAmong(String field, String wanted) throws UnfitModelException {
        Object value = fields.get(field);
        if (value != null && !(value instanceof Collection<?> list && list.contains(wanted))) {
            throw refusal(field, "is " + shown(field) + ", this trainer's models are " + wanted);
        }
    }

    /** The texts of a list; empty where there is none. */
    List<String> texts(String field) throws UnfitModelException {
        Object value = fields.get(field);
        if (value == null) {
            return List.of();
        }
        if (value instanceof Collection<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw refusal(field, "is " + shown(field) + ", not a list of texts");
    }

    boolean isFalse(String field) {
        return Boolean.FALSE.equals(fields.get(field));
    }

    ModelShape shape(ShapeOfFields fieldsToShape) throws UnfitModelException {
        try {
            return fieldsToShape.build();
        } catch (IllegalArgumentException e) {
            throw refusal("hidden_size", "does not fit: " + e.getMessage());
        }
    }

    private String shown(String field) {
        String value = String.valueOf(fields.get(field));
        return value.length() <= LONGEST_SHOWN ? value : value.substring(0, LONGEST_SHOWN) + "...";
    }

    UnfitModelException refusal(String field, String what) {
        return new UnfitModelException(ModelConfig.FILE, "field " + field + " " + what);
    }
}
