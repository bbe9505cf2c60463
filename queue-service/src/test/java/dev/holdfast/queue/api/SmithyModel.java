package dev.holdfast.queue.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The Smithy model of the SQS API, as Amazon publishes it: what the wire is held to. */
public final class SmithyModel {
    private static final String FILE = "/META-INF/smithy/2012-11-05/sqs-2012-11-05.json";
    private static final String NAMESPACE = "com.amazonaws.sqs#";
    private static final String TRAIT = "smithy.api#";
    private static final SmithyModel INSTANCE = new SmithyModel();

    private final JsonNode shapes;

    /** A shape by its name without the namespace; "Unit" is what actions without input or output have. */
    public record Shape(String name, JsonNode definition) {
        public String type() {
            return definition.path("type").asText();
        }

        public boolean has(String trait) {
            return definition.path("traits").has(TRAIT + trait);
        }
    }

    /** A member of a structure, or the key, value or element of a map or list. */
    public record Member(String name, String xmlName, boolean required, Shape target) {}

    /** An error: its code in the Query protocol and its HTTP status, empty where the model names none. */
    public record Refusal(String shape, Optional<String> queryCode, Optional<Integer> httpStatus) {}

    private SmithyModel() {
        try (InputStream in = Objects.requireNonNull(SmithyModel.class.getResourceAsStream(FILE), FILE)) {
            shapes = new ObjectMapper().readTree(in).path("shapes");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static SmithyModel get() {
        return INSTANCE;
    }

    public List<Shape> ofType(String type) {
        List<Shape> found = new ArrayList<>();
        shapes.properties().forEach(entry -> {
            if (entry.getValue().path("type").asText().equals(type)) {
                found.add(shape(entry.getKey()));
            }
        });
        return found;
    }

    public List<String> actions() {
        return ofType("operation").stream().map(Shape::name).toList();
    }

    public Shape input(String action) {
        return shape(definition(action).path("input").path("target").asText());
    }

    public Shape output(String action) {
        return shape(definition(action).path("output").path("target").asText());
    }

    /** The shapes of the errors that an action may answer. */
    public List<String> errorsOf(String action) {
        List<String> errors = new ArrayList<>();
        definition(action)
                .path("errors")
                .forEach(
                        error -> errors.add(shape(error.path("target").asText()).name()));
        return errors;
    }

    public List<Refusal> errors() {
        return ofType("structure").stream()
                .filter(shape -> shape.has("error"))
                .map(SmithyModel::error)
                .toList();
    }

    private static Refusal error(Shape shape) {
        JsonNode traits = shape.definition().path("traits");
        JsonNode query = traits.path("aws.protocols#awsQueryError");
        JsonNode status = query.path("httpResponseCode");
        return new Refusal(
                shape.name(),
                query.has("code") ? Optional.of(query.path("code").asText()) : Optional.empty(),
                status.isInt() ? Optional.of(status.asInt()) : Optional.empty());
    }

    /** The members of a structure in the model's order, by name. */
    public Map<String, Member> members(Shape structure) {
        Map<String, Member> members = new LinkedHashMap<>();
        structure
                .definition()
                .path("members")
                .properties()
                .forEach(entry -> members.put(entry.getKey(), member(entry.getKey(), entry.getValue())));
        return members;
    }

    /** The element of a list, or the "key" or "value" of a map. */
    public Member part(Shape collection, String part) {
        return member(part, collection.definition().path(part));
    }

    /** The values of an enumeration, in the model's order. */
    public List<String> valuesOf(String enumeration) {
        List<String> values = new ArrayList<>();
        definition(enumeration).path("members").properties().forEach(entry -> values.add(entry.getKey()));
        return values;
    }

    private Member member(String name, JsonNode definition) {
        JsonNode traits = definition.path("traits");
        return new Member(
                name,
                traits.path(TRAIT + "xmlName").asText(name),
                traits.has(TRAIT + "required"),
                shape(definition.path("target").asText()));
    }

    private JsonNode definition(String name) {
        return shapes.path(NAMESPACE + name);
    }

    private Shape shape(String id) {
        return new Shape(id.substring(id.indexOf('#') + 1), shapes.path(id));
    }
}
