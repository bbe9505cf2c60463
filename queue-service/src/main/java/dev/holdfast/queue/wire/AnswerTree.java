package dev.holdfast.queue.wire;

import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What the Query protocol answers, driven by the {@link Structure} of the result and the same for every format. */
final class AnswerTree {
    private final String action;
    private final TreeWriter out;

    private AnswerTree(String action, TreeWriter out) {
        this.action = action;
        this.out = out;
    }

    static void write(Request request, Result result, String requestId, TreeWriter out) throws IOException {
        String action = request.action();
        out.openRoot(action + "Response");
        if (!(result instanceof Result.Nothing)) {
            out.open(action + "Result");
            new AnswerTree(action, out).members(Structure.of(result.getClass()), result);
            out.close(action + "Result");
        }
        out.open("ResponseMetadata");
        out.scalar("RequestId", requestId);
        out.close("ResponseMetadata");
        out.closeRoot(action + "Response");
    }

    static void write(SqsException refusal, String requestId, TreeWriter out) throws IOException {
        SqsError error = refusal.error();
        out.openRoot("ErrorResponse");
        out.open("Error");
        out.scalar("Type", error.senderFault() ? "Sender" : "Receiver");
        out.scalar("Code", error.queryCode());
        out.scalar("Message", sentence(refusal));
        out.empty("Detail");
        out.close("Error");
        out.scalar("RequestId", requestId);
        out.closeRoot("ErrorResponse");
    }

    /** The one sentence that Amazon SQS words differently in the two protocols. */
    private static String sentence(SqsException refusal) {
        return refusal.error() == SqsError.QUEUE_DOES_NOT_EXIST
                ? refusal.sentence().replace("does not exist.", "does not exist for this wsdl version.")
                : refusal.sentence();
    }

    private void members(Structure structure, Object record) throws IOException {
        for (Structure.Field field : structure.fields()) {
            Object value = field.of(record);
            if (value == null) {
                out.absent(QueryNames.inJson(field.name()));
            } else {
                member(QueryNames.of(action, field.name()), QueryNames.inJson(field.name()), field.shape(), value);
            }
        }
    }

    private void member(String name, String nameInJson, Shape shape, Object value) throws IOException {
        switch (shape) {
            case Shape.Scalar scalar -> out.scalar(name, value);
            case Shape.ListOf list -> {
                out.openList(nameInJson);
                for (Object element : (List<?>) value) {
                    member(name, nameInJson, list.element(), element);
                }
                out.closeList();
            }
            case Shape.MapOf map -> {
                out.openList(nameInJson);
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                    out.open(name);
                    out.scalar(QueryNames.key(name), entry.getKey());
                    member(QueryNames.VALUE, QueryNames.VALUE, map.value(), entry.getValue());
                    out.close(name);
                }
                out.closeList();
            }
            case Structure structure -> {
                out.open(name);
                members(structure, value);
                out.close(name);
            }
        }
    }
}
