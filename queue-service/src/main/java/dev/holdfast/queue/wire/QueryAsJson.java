package dev.holdfast.queue.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The XML of the Query protocol told in JSON, as LocalStack does for those who accept only that: an element is a member, one
 * that comes several times is a list, and one that comes once is none.
 */
public final class QueryAsJson implements Protocol {
    private static final CharSequence CONTENT_TYPE = HttpHeaders.createOptimized("application/json");
    private static final JsonFactory JSON = new JsonFactory();

    private final QueryProtocol query;

    public QueryAsJson(QueryProtocol query) {
        this.query = query;
    }

    @Override
    public CharSequence contentType() {
        return CONTENT_TYPE;
    }

    @Override
    public Request read(HttpMessage message, String baseUrl) {
        return query.read(message, baseUrl);
    }

    @Override
    public void write(Request request, Result result, String requestId, AnswerBuffer out) throws IOException {
        query.write(request, result, requestId, out);
        tellInJson(out);
    }

    @Override
    public void write(SqsException refusal, String requestId, AnswerBuffer out) throws IOException {
        query.write(refusal, requestId, out);
        tellInJson(out);
    }

    private static void tellInJson(AnswerBuffer out) throws IOException {
        Buffer xml = out.copy();
        out.clear();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            XMLStreamReader in = XMLInputFactory.newFactory()
                    .createXMLStreamReader(new StringReader(xml.toString(StandardCharsets.UTF_8)));
            in.nextTag();
            write(json, Map.of(in.getLocalName(), element(in)));
        } catch (XMLStreamException e) {
            throw new IOException("Our own XML cannot be read", e);
        }
    }

    /** A text, or the children by name: each an element, or the list of those that have one name. */
    private static Object element(XMLStreamReader in) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        Map<String, List<Object>> children = new LinkedHashMap<>();
        while (in.next() != XMLStreamReader.END_ELEMENT) {
            if (in.isStartElement()) {
                children.computeIfAbsent(in.getLocalName(), name -> new ArrayList<>())
                        .add(element(in));
            } else if (in.isCharacters()) {
                text.append(in.getText());
            }
        }
        if (children.isEmpty()) {
            return text.toString();
        }
        Map<String, Object> members = new LinkedHashMap<>();
        children.forEach((name, all) -> members.put(name, all.size() == 1 ? all.get(0) : all));
        return members;
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case Map<?, ?> members -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    json.writeFieldName((String) member.getKey());
                    write(json, member.getValue());
                }
                json.writeEndObject();
            }
            case List<?> list -> {
                json.writeStartArray();
                for (Object element : list) {
                    write(json, element);
                }
                json.writeEndArray();
            }
            default -> json.writeString(value.toString());
        }
    }
}
