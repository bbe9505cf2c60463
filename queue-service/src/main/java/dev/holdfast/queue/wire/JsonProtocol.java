package dev.holdfast.queue.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** AWS JSON 1.0: the action in the header X-Amz-Target, its members as one JSON object. */
public final class JsonProtocol implements Protocol {
    public static final CharSequence TARGET = HttpHeaders.createOptimized("X-Amz-Target");
    static final String MEDIA_TYPE = "application/x-amz-json";
    private static final CharSequence CONTENT_TYPE = HttpHeaders.createOptimized("application/x-amz-json-1.0");
    private static final String TARGET_PREFIX = "AmazonSQS.";

    /** Deepest in the API is a message attribute of a batch entry, at 5; the rest is room for unknown members. */
    private static final int MAX_DEPTH = 32;

    /** A message of 1 MiB in base64, and as much again so that one a little too long is told so in SQS's words. */
    private static final int MAX_TEXT_CHARS = 2_800_000;

    /** A batch of ten messages with ten attributes each has about 1,500; without a bound, objects outgrow their text. */
    private static final int MAX_TOKENS = 10_000;

    private static final int MAX_NUMBER_CHARS = 100;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT_CHARS)
                    .maxNumberLength(MAX_NUMBER_CHARS)
                    .maxTokenCount(MAX_TOKENS)
                    .build())
            // Names come from strangers: they must not live on in the JVM's table of strings.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .build();

    @Override
    public CharSequence contentType() {
        return CONTENT_TYPE;
    }

    @Override
    public CharSequence contentType(SqsException refusal) {
        return CONTENT_TYPE;
    }

    @Override
    public Request read(HttpMessage message, String baseUrl) {
        Structure action = action(message.headers().get(TARGET));
        try (JsonParser in = JSON.createParser(message.utf8())) {
            return (Request) RecordReader.readOnly(in, action);
        } catch (StreamConstraintsException e) {
            throw SqsError.SERIALIZATION.because("The JSON is nested deeper than " + MAX_DEPTH
                    + " levels, has more than " + MAX_TOKENS + " parts, or a text, name or number in it is too long.");
        } catch (JsonProcessingException e) {
            throw SqsError.SERIALIZATION.because("The body is not valid JSON: it breaks off or is wrong at line "
                    + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ".");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Structure action(@Nullable String target) {
        if (target == null) {
            throw SqsError.UNKNOWN_OPERATION.because(
                    "The header X-Amz-Target is missing; it names the action, for instance AmazonSQS.SendMessage.");
        }
        Structure action =
                target.startsWith(TARGET_PREFIX) ? Actions.named(target.substring(TARGET_PREFIX.length())) : null;
        if (action == null) {
            throw SqsError.UNKNOWN_OPERATION.because("X-Amz-Target names no action of Amazon SQS: " + target + ".");
        }
        return action;
    }

    @Override
    public void write(Request request, Result result, String requestId, AnswerBuffer out) throws IOException {
        JsonOutput.write(out, json -> RecordWriter.write(json, Structure.of(result.getClass()), result));
    }

    @Override
    public void write(SqsException refusal, String requestId, AnswerBuffer out) throws IOException {
        JsonOutput.write(out, json -> {
            json.writeStartObject();
            json.writeStringField("__type", refusal.error().type());
            json.writeStringField("message", refusal.sentence());
            json.writeEndObject();
        });
    }
}
