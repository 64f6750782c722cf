package org.plmfrontier.runtime.openapi;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.plmfrontier.runtime.http.ProblemDetail;
import org.plmfrontier.runtime.json.FieldProblem;

/** The answer of every operation that was not done. No method returns it, so the scanner of the document does not find it. */
final class ProblemResponse {
    static final String NAME = "Problem";

    private static final String MEDIA_TYPE = "application/problem+json";

    private ProblemResponse() {}

    /** Adds the response and the schemas of its fields. */
    static void addTo(Components components) {
        components.addSchema(FieldProblem.class.getSimpleName(), schema(FieldProblem.class));
        Schema problem = schema(ProblemDetail.class);
        problem.addProperty("type", OASFactory.createSchema().addType(Schema.SchemaType.STRING));
        problem.addProperty(
                "errors",
                OASFactory.createSchema()
                        .addType(Schema.SchemaType.ARRAY)
                        .items(OASFactory.createSchema().ref(FieldProblem.class.getSimpleName())));
        components.addSchema(ProblemDetail.class.getSimpleName(), problem);
        APIResponse response = OASFactory.createAPIResponse()
                .description("Why it was not done: 4xx what is wrong with the request, 5xx what the service lacks")
                .content(OASFactory.createContent()
                        .addMediaType(
                                MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref(ProblemDetail.class.getSimpleName()))));
        components.addResponse(NAME, response);
    }

    private static Schema schema(Class<? extends Record> type) {
        Map<String, Schema> properties = new TreeMap<>();
        Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getType() != List.class)
                .forEach(component -> properties.put(
                        component.getName(),
                        OASFactory.createSchema()
                                .addType(
                                        component.getType() == String.class
                                                ? Schema.SchemaType.STRING
                                                : Schema.SchemaType.INTEGER)));
        return OASFactory.createSchema().addType(Schema.SchemaType.OBJECT).properties(properties);
    }
}
