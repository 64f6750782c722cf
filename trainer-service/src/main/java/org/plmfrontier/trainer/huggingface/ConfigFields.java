package org.plmfrontier.trainer.huggingface;

import java.util.Map;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;

/** The fields of a {@code config.json}, read with the field named in every refusal. */
final class ConfigFields {
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
        throw refusal("model_type", "is " + type + ", known are " + types.values());
    }

    int whole(String field) throws UnfitModelException {
        if (fields.get(field) instanceof Number number && number.doubleValue() == number.intValue()) {
            return number.intValue();
        }
        throw refusal(field, "is " + fields.get(field) + ", not a whole number");
    }

    boolean flag(String field) throws UnfitModelException {
        if (fields.get(field) instanceof Boolean flag) {
            return flag;
        }
        throw refusal(field, "is " + fields.get(field) + ", not true or false");
    }

    void requireWhole(String field, int wanted) throws UnfitModelException {
        if (whole(field) != wanted) {
            throw refusal(field, "is " + fields.get(field) + ", this trainer's models have " + wanted);
        }
    }

    void requireReal(String field, double wanted) throws UnfitModelException {
        if (!(fields.get(field) instanceof Number number) || number.doubleValue() != wanted) {
            throw refusal(field, "is " + fields.get(field) + ", this trainer's models have " + wanted);
        }
    }

    void require(String field, Object wanted) throws UnfitModelException {
        if (!wanted.equals(fields.get(field))) {
            throw refusal(field, "is " + fields.get(field) + ", this trainer's models have " + wanted);
        }
    }

    ModelShape shape(ShapeOfFields fieldsToShape) throws UnfitModelException {
        try {
            return fieldsToShape.build();
        } catch (IllegalArgumentException e) {
            throw refusal("hidden_size", "does not fit: " + e.getMessage());
        }
    }

    private static UnfitModelException refusal(String field, String what) {
        return new UnfitModelException(ModelConfig.FILE, "field " + field + " " + what);
    }
}
