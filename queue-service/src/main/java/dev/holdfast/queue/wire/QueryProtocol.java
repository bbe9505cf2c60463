package dev.holdfast.queue.wire;

import com.fasterxml.jackson.core.JsonParser;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * AWS Query: a form, in the body or behind the "?", answered in XML, or in JSON where only that is accepted. Older SDKs,
 * boto3 before 1.34 and curl speak it.
 */
public final class QueryProtocol implements Protocol {
    private static final CharSequence XML = HttpHeaders.createOptimized("text/xml");
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final String QUEUE_URL = "QueueUrl";

    /** Recorded: it is answered on a queue's path too, though it is not about that queue. */
    private static final String SERVED_EVERYWHERE = "GetQueueUrl";

    private enum Format {
        XML_ELEMENTS,
        JSON_TREE,
        JSON_ELEMENTS
    }

    private final @Nullable String defaultAction;
    private final Format format;
    private final QueryProtocol inJson;

    QueryProtocol() {
        this((String) null, Format.JSON_TREE);
    }

    private QueryProtocol(@Nullable String defaultAction, Format json) {
        this.defaultAction = defaultAction;
        this.format = Format.XML_ELEMENTS;
        this.inJson = new QueryProtocol(this, json);
    }

    private QueryProtocol(QueryProtocol xml, Format json) {
        this.defaultAction = xml.defaultAction;
        this.format = json;
        this.inJson = this;
    }

    /**
     * As LocalStack speaks it where it shows messages.
     *
     * @param defaultAction what a request asks for that names no action
     */
    public static QueryProtocol ofLocalStack(String defaultAction) {
        return new QueryProtocol(defaultAction, Format.JSON_ELEMENTS);
    }

    /** The same in the format that the client asked for: JSON only where it is named, and named before XML. */
    QueryProtocol accepting(@Nullable String accept) {
        if (accept == null) {
            return this;
        }
        String ranges = accept.toLowerCase(Locale.ROOT);
        int json = ranges.indexOf("application/json");
        int xml = ranges.indexOf("/xml");
        return json >= 0 && (xml < 0 || json < xml) ? inJson : this;
    }

    @Override
    public CharSequence contentType() {
        return format == Format.XML_ELEMENTS ? XML : JSON;
    }

    @Override
    public CharSequence contentType(SqsException refusal) {
        return namesNoAction(refusal) ? XML : contentType();
    }

    private static boolean namesNoAction(SqsException refusal) {
        return refusal.error() == SqsError.MISSING_ACTION || refusal.error() == SqsError.NO_ACTION;
    }

    @Override
    public Request read(HttpMessage message, String baseUrl) {
        List<String> forms = new ArrayList<>(3);
        if (message.query() != null) {
            forms.add(message.query());
        }
        if (message.body().length > 0) {
            forms.add(new String(message.utf8(), StandardCharsets.UTF_8));
        }
        Form form = Form.parse(forms);
        boolean onRoot = message.path().chars().allMatch(c -> c == '/');
        Structure action = action(form.text("Action"), onRoot);
        if (action.field(QUEUE_URL) != null && form.child(QUEUE_URL) == null && !onRoot) {
            form.put(QUEUE_URL, baseUrl + message.path());
        }
        try (JsonParser in = FormTokens.of(form, action)) {
            return (Request) RecordReader.readOnly(in, action);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Structure action(@Nullable String given, boolean onRoot) {
        String name = given == null ? defaultAction : given;
        if (name == null) {
            throw onRoot
                    ? SqsError.NO_ACTION.because(
                            "The parameter Action is missing; it names the action, for instance SendMessage.")
                    : SqsError.MISSING_ACTION.because("The parameter Action is missing.");
        }
        Structure action = Actions.named(name);
        boolean served =
                action != null && (onRoot || action.field(QUEUE_URL) != null || name.equals(SERVED_EVERYWHERE));
        if (action == null || !served) {
            throw SqsError.UNKNOWN_OPERATION.because("The action " + name + " is not valid for this endpoint.");
        }
        return action;
    }

    @Override
    public void write(Request request, Result result, String requestId, AnswerBuffer out) throws IOException {
        write(format, out, tree -> AnswerTree.write(request, result, requestId, tree));
    }

    @Override
    public void write(SqsException refusal, String requestId, AnswerBuffer out) throws IOException {
        if (refusal.error() == SqsError.MISSING_ACTION) {
            out.writeBytes("<UnknownOperationException/>"); // Recorded, whatever the client accepts.
        } else {
            Format told = namesNoAction(refusal) ? Format.XML_ELEMENTS : format;
            write(told, out, tree -> AnswerTree.write(refusal, requestId, tree));
        }
    }

    private interface Content {
        void writeTo(TreeWriter tree) throws IOException;
    }

    private static void write(Format format, AnswerBuffer out, Content content) throws IOException {
        switch (format) {
            case XML_ELEMENTS -> {
                StringBuilder text = new StringBuilder();
                content.writeTo(new XmlWriter(text));
                out.writeBytes(text);
            }
            case JSON_TREE -> JsonOutput.write(out, json -> content.writeTo(new JsonTreeWriter(json)));
            case JSON_ELEMENTS -> JsonOutput.write(out, json -> content.writeTo(new JsonElementsWriter(json)));
        }
    }
}
