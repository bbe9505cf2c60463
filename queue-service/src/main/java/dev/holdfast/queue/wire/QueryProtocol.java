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
import org.jspecify.annotations.Nullable;

/** AWS Query: a form, in the body or behind the "?", answered in XML. Older SDKs, boto3 before 1.34 and curl speak it. */
public final class QueryProtocol implements Protocol {
    private static final CharSequence CONTENT_TYPE = HttpHeaders.createOptimized("text/xml");
    private static final String NAMESPACE = "http://queue.amazonaws.com/doc/2012-11-05/";
    private static final String QUEUE_URL = "QueueUrl";

    private final @Nullable String defaultAction;

    public QueryProtocol() {
        this(null);
    }

    /** @param defaultAction what a request asks for that names no action; null where that is an error */
    public QueryProtocol(@Nullable String defaultAction) {
        this.defaultAction = defaultAction;
    }

    @Override
    public CharSequence contentType() {
        return CONTENT_TYPE;
    }

    @Override
    public Request read(HttpMessage message, String baseUrl) {
        List<String> forms = new ArrayList<>(3);
        if (message.query() != null) {
            forms.add(message.query());
        }
        if (message.body().length > 0) {
            if (!Utf8.isValid(message.body())) {
                throw SqsError.SERIALIZATION.because("The body is not valid UTF-8.");
            }
            forms.add(new String(message.body(), StandardCharsets.UTF_8));
        }
        Form form = Form.parse(forms);
        String named = form.text("Action");
        Structure action = action(named == null ? defaultAction : named);
        if (action.field(QUEUE_URL) != null
                && form.child(QUEUE_URL) == null
                && message.path().length() > 1) {
            form.put(QUEUE_URL, baseUrl + message.path());
        }
        try (JsonParser in = FormTokens.of(form, action)) {
            return (Request) RecordReader.readOnly(in, action);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Structure action(@Nullable String name) {
        if (name == null) {
            throw SqsError.UNKNOWN_OPERATION.because(
                    "The parameter Action is missing; it names the action, for instance SendMessage.");
        }
        Structure action = Actions.named(name);
        if (action == null) {
            throw SqsError.UNKNOWN_OPERATION.because(
                    "The action " + name + " is not an action of Amazon SQS (version 2012-11-05).");
        }
        return action;
    }

    @Override
    public void write(Request request, Result result, String requestId, AnswerBuffer out) {
        String action = request.action();
        StringBuilder text = new StringBuilder();
        XmlWriter xml = new XmlWriter(text, action);
        start(text, action + "Response");
        if (!(result instanceof Result.Nothing)) {
            xml.open(action + "Result");
            xml.members(Structure.of(result.getClass()), result);
            xml.close(action + "Result");
        }
        xml.open("ResponseMetadata");
        xml.text("RequestId", requestId);
        xml.close("ResponseMetadata");
        xml.close(action + "Response");
        out.writeBytes(text);
    }

    @Override
    public void write(SqsException refusal, String requestId, AnswerBuffer out) {
        SqsError error = refusal.error();
        StringBuilder text = new StringBuilder();
        XmlWriter xml = new XmlWriter(text, "");
        start(text, "ErrorResponse");
        xml.open("Error");
        xml.text("Type", error.senderFault() ? "Sender" : "Receiver");
        xml.text("Code", error.queryCode());
        xml.text("Message", sentence(refusal));
        text.append("<Detail/>");
        xml.close("Error");
        xml.text("RequestId", requestId);
        xml.close("ErrorResponse");
        out.writeBytes(text);
    }

    private static void start(StringBuilder text, String root) {
        text.append("<?xml version=\"1.0\"?><")
                .append(root)
                .append(" xmlns=\"")
                .append(NAMESPACE)
                .append("\">");
    }

    /** The one sentence that Amazon SQS words differently in the two protocols. */
    private static String sentence(SqsException refusal) {
        return refusal.error() == SqsError.QUEUE_DOES_NOT_EXIST
                ? refusal.sentence().replace("does not exist.", "does not exist for this wsdl version.")
                : refusal.sentence();
    }
}
