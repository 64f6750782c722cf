package org.plmfrontier.dataset.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.dataset.plan.FrozenRecipes;
import org.plmfrontier.dataset.refusal.RefusedException;

/**
 * A recipe in a request: the name of a frozen one, such a name with some fields of its own (then the name says so), or
 * all fields under a new name.
 */
final class RecipeField {
    private static final String PATH = "recipe";
    private static final String NAME = "name";
    private static final String CHANGED = "+changed";

    private final ObjectMapper mapper;
    private final JsonFields fields;

    RecipeField(ObjectMapper mapper, JsonFields fields) {
        this.mapper = mapper;
        this.fields = fields;
    }

    Recipe read(JsonNode json) {
        if (json.isTextual()) {
            return frozen(json.textValue(), PATH);
        }
        boolean known = FrozenRecipes.byName().containsKey(json.path(NAME).asText());
        boolean whole = json.has("schedule") && json.has("optimizer");
        if (!known && whole) {
            return fields.read(PATH, json, Recipe.class);
        }
        return changed(frozen(json.path(NAME).asText(), PATH + "." + NAME), json);
    }

    private Recipe changed(Recipe base, JsonNode json) {
        ObjectNode merged = mapper.valueToTree(base);
        merge(merged, json);
        Recipe recipe = fields.read(PATH, merged, Recipe.class);
        if (recipe.equals(base)) {
            return base;
        }
        merged.put(NAME, base.name() + CHANGED);
        return fields.read(PATH, merged, Recipe.class);
    }

    /** Objects are merged field by field; a schedule of another kind replaces the whole schedule. */
    private static void merge(ObjectNode target, JsonNode changes) {
        changes.properties().forEach(change -> {
            JsonNode old = target.get(change.getKey());
            boolean otherKind = change.getValue().has("kind")
                    && old != null
                    && !change.getValue().get("kind").equals(old.get("kind"));
            if (old instanceof ObjectNode object && change.getValue().isObject() && !otherKind) {
                merge(object, change.getValue());
            } else {
                target.set(change.getKey(), change.getValue());
            }
        });
    }

    private static Recipe frozen(String name, String path) {
        Recipe recipe = FrozenRecipes.byName().get(name);
        if (recipe == null) {
            throw new RefusedException(
                    path,
                    "unknown recipe '" + name + "'; known are "
                            + FrozenRecipes.byName().keySet()
                            + ", or give schedule and optimizer with all other fields");
        }
        return recipe;
    }
}
