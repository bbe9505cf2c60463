package dev.holdfast.queue.wire;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.exc.StreamWriteException;
import java.io.IOException;

/** Writes an answer as JSON, whatever a client has sent that a sentence of it quotes. */
final class JsonOutput {
    private static final int LAST_ASCII = 127;
    private static final JsonFactory JSON = new JsonFactory();

    private JsonOutput() {}

    interface Content {
        void writeTo(JsonGenerator json) throws IOException;
    }

    static void write(AnswerBuffer out, Content content) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
            content.writeTo(json);
        } catch (StreamWriteException halfACharacter) {
            // A lone surrogate that came in as an escape has no UTF-8; escaped it has a form.
            out.clear();
            try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
                json.setHighestNonEscapedChar(LAST_ASCII);
                content.writeTo(json);
            }
        }
    }
}
