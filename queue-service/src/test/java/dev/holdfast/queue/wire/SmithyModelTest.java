package dev.holdfast.queue.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SmithyModel;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.queues.QueueAttribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Our records, names and errors against the Smithy model of the API: nothing of it is missing, and nothing is made up. */
class SmithyModelTest {
    /** The model folds these into AttributeName, which AttributeNames has already; we accept both lists by their own name. */
    private static final String OWN_NAME = "ReceiveMessage.MessageSystemAttributeNames";

    /** Members that the model gives to an error and that no error of ours has: none but the message exists. */
    private static final List<String> ERROR_MEMBERS = List.of("message");

    private final SmithyModel model = SmithyModel.get();

    @Test
    void everyActionOfTheModelHasARecord() {
        assertThat(Actions.all().keySet()).containsExactlyInAnyOrderElementsOf(model.actions());
    }

    @Test
    void everyInputMemberOfTheModelIsBoundWithItsTypeAndNoOtherIs() {
        Map<String, String> ours = new TreeMap<>();
        Map<String, String> models = new TreeMap<>();
        for (String action : model.actions()) {
            ourMembers(action, Objects.requireNonNull(Actions.named(action)), ours);
            modelMembers(action, model.input(action), models);
        }

        assertThat(models).hasSizeGreaterThan(80);
        assertThat(ours).isEqualTo(models);
    }

    @Test
    void everyOutputMemberOfTheModelIsWrittenWithItsTypeAndNoOtherIs() {
        Map<String, String> ours = new TreeMap<>();
        Map<String, String> models = new TreeMap<>();
        for (String action : model.actions()) {
            ourMembers(action, result(action), ours);
            modelMembers(action, model.output(action), models);
        }

        assertThat(models).hasSizeGreaterThan(50);
        assertThat(ours).isEqualTo(models);
    }

    /** Lists and maps that are required are refused by the feature, since absent and empty are the same to the binder. */
    @Test
    void whatTheModelRequiresIsRequired() {
        List<String> wrong = new ArrayList<>();
        for (String action : model.actions()) {
            Structure structure = Objects.requireNonNull(Actions.named(action));
            model.members(model.input(action)).forEach((name, member) -> {
                Structure.Field field = Objects.requireNonNull(structure.field(name));
                if (field.shape() instanceof Shape.Scalar && field.required() != member.required()) {
                    wrong.add(action + "." + name);
                }
            });
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void everyErrorOfTheModelIsKnownWithItsCodeAndStatus() {
        Map<String, SqsError> ours = Arrays.stream(SqsError.values())
                .collect(Collectors.toMap(SqsError::shape, error -> error, (first, alike) -> first));

        assertThat(model.errors()).hasSizeGreaterThan(25);
        assertThat(model.errors()).allSatisfy(error -> {
            SqsError known = Objects.requireNonNull(ours.get(error.shape()), error.shape());
            assertThat(known.queryCode()).isEqualTo(error.queryCode().orElse(error.shape()));
            // Where the model names no status it is 400.
            assertThat(known.httpStatus()).isEqualTo(error.httpStatus().orElse(400));
        });
        for (String action : model.actions()) {
            assertThat(ours.keySet()).containsAll(model.errorsOf(action));
        }
        assertThat(model.ofType("structure").stream()
                        .filter(shape -> shape.has("error"))
                        .flatMap(shape -> model.members(shape).keySet().stream()))
                .allMatch(ERROR_MEMBERS::contains);
    }

    @Test
    void everyQueueAttributeOfTheModelIsKnownAndNoOther() {
        List<String> ours = new ArrayList<>(List.of(QueueAttribute.ALL));
        Arrays.stream(QueueAttribute.values()).map(QueueAttribute::wireName).forEach(ours::add);

        assertThat(ours).containsExactlyInAnyOrderElementsOf(model.valuesOf("QueueAttributeName"));
    }

    @Test
    void everyMemberOfEveryActionIsCalledAsInTheModel() {
        Map<String, String> ours = new LinkedHashMap<>();
        Map<String, String> models = new LinkedHashMap<>();
        for (String action : model.actions()) {
            for (SmithyModel.Shape shape : List.of(model.input(action), model.output(action))) {
                collect(action, action, shape, ours, models);
            }
        }

        assertThat(models).hasSizeGreaterThan(60);
        assertThat(ours).isEqualTo(models);
    }

    private void collect(
            String action,
            String path,
            SmithyModel.Shape structure,
            Map<String, String> ours,
            Map<String, String> models) {
        model.members(structure).forEach((name, member) -> {
            String at = path + "." + name;
            ours.put(at, QueryNames.of(action, name));
            models.put(at, at.equals(OWN_NAME) ? "MessageSystemAttributeName" : member.xmlName());
            SmithyModel.Shape target = member.target();
            switch (target.type()) {
                case "list" -> collect(action, at, model.part(target, "member").target(), ours, models);
                case "map" -> {
                    ours.put(at + ".key", QueryNames.key(member.xmlName()) + "/" + QueryNames.VALUE);
                    models.put(
                            at + ".key",
                            model.part(target, "key").xmlName() + "/"
                                    + model.part(target, "value").xmlName());
                    collect(action, at, model.part(target, "value").target(), ours, models);
                }
                default -> collect(action, at, target, ours, models);
            }
        });
    }

    /** The structure of an action's result; the batches that only confirm share one. */
    private static Structure result(String action) {
        return Arrays.stream(Result.class.getPermittedSubclasses())
                .filter(type -> type.getSimpleName().equals("Of" + action))
                .findFirst()
                .map(Structure::of)
                .orElseGet(() -> Structure.of(action.endsWith("Batch") ? Result.OfBatch.class : Result.Nothing.class));
    }

    private static void ourMembers(String path, Structure structure, Map<String, String> members) {
        structure.fields().forEach(field -> ourMember(path + "." + field.name(), field.shape(), members));
    }

    private static void ourMember(String path, Shape shape, Map<String, String> members) {
        switch (shape) {
            case Shape.Scalar scalar -> members.put(path, scalar.name());
            case Shape.ListOf list -> ourMember(path + "[]", list.element(), members);
            case Shape.MapOf map -> ourMember(path + "{}", map.value(), members);
            case Structure structure -> ourMembers(path, structure, members);
        }
    }

    private void modelMembers(String path, SmithyModel.Shape structure, Map<String, String> members) {
        model.members(structure).forEach((name, member) -> modelMember(path + "." + name, member.target(), members));
    }

    private void modelMember(String path, SmithyModel.Shape shape, Map<String, String> members) {
        switch (shape.type()) {
            case "list" -> modelMember(path + "[]", model.part(shape, "member").target(), members);
            case "map" -> modelMember(path + "{}", model.part(shape, "value").target(), members);
            case "structure" -> modelMembers(path, shape, members);
            default -> members.put(path, scalar(shape.type()).orElseThrow(() -> new IllegalStateException(path)));
        }
    }

    private static Optional<String> scalar(String type) {
        return Optional.ofNullable(
                switch (type) {
                    case "string", "enum" -> "TEXT";
                    case "integer" -> "INTEGER";
                    case "long" -> "LONG";
                    case "boolean" -> "BOOLEAN";
                    case "blob" -> "BINARY";
                    default -> null;
                });
    }
}
