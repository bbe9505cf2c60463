package dev.holdfast.queue.conformance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.queue.api.SmithyModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * An answer of the Query protocol, read by the Smithy model: an element that the model does not know, or a root that is
 * called otherwise than it should be, is an error of the server.
 *
 * @param json what the JSON protocol would say
 * @param queryError the value of the header that carries a code in the JSON protocol
 */
record QueryAnswer(ObjectNode json, Optional<String> queryError) {
    private static final String NAMESPACE = "http://queue.amazonaws.com/doc/2012-11-05/";
    private static final SmithyModel MODEL = SmithyModel.get();
    private static final Map<String, String> SHAPES_BY_CODE = MODEL.errors().stream()
            .filter(error -> error.queryCode().isPresent())
            .collect(Collectors.toMap(error -> error.queryCode().get(), SmithyModel.Refusal::shape));

    static QueryAnswer of(String action, int status, byte[] xml) {
        Element root = parse(xml);
        require(NAMESPACE.equals(root.getNamespaceURI()), root, "namespace");
        return status == 200 ? result(action, root) : error(root);
    }

    private static QueryAnswer result(String action, Element root) {
        require(root.getLocalName().equals(action + "Response"), root, "root");
        require(
                !only(only(root, "ResponseMetadata"), "RequestId")
                        .getTextContent()
                        .isBlank(),
                root,
                "RequestId");
        SmithyModel.Shape output = MODEL.output(action);
        if (output.name().equals("Unit")) {
            require(children(root).size() == 1, root, "a result where there is none");
            return new QueryAnswer(JsonNodeFactory.instance.objectNode(), Optional.empty());
        }
        return new QueryAnswer(structure(output, only(root, action + "Result")), Optional.empty());
    }

    private static QueryAnswer error(Element root) {
        require(root.getLocalName().equals("ErrorResponse"), root, "root");
        require(!only(root, "RequestId").getTextContent().isBlank(), root, "RequestId");
        Element error = only(root, "Error");
        only(error, "Detail");
        String code = only(error, "Code").getTextContent();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("__type", "com.amazonaws.sqs#" + SHAPES_BY_CODE.getOrDefault(code, code))
                .put("message", only(error, "Message").getTextContent());
        return new QueryAnswer(
                json, Optional.of(code + ";" + only(error, "Type").getTextContent()));
    }

    private static ObjectNode structure(SmithyModel.Shape shape, Element element) {
        Map<String, SmithyModel.Member> byXmlName = MODEL.members(shape).values().stream()
                .collect(Collectors.toMap(SmithyModel.Member::xmlName, member -> member));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Element child : children(element)) {
            SmithyModel.Member member = byXmlName.get(child.getLocalName());
            if (member == null) {
                throw wrong(child, "unknown in " + shape.name());
            }
            add(json, member, child);
        }
        return json;
    }

    private static void add(ObjectNode json, SmithyModel.Member member, Element child) {
        SmithyModel.Shape target = member.target();
        switch (target.type()) {
            case "list" -> {
                ArrayNode list = json.withArrayProperty(member.name());
                SmithyModel.Shape element = MODEL.part(target, "member").target();
                if (element.type().equals("structure")) {
                    list.add(structure(element, child));
                } else {
                    list.add(child.getTextContent());
                }
            }
            case "map" -> {
                ObjectNode map = json.withObjectProperty(member.name());
                String key = only(child, MODEL.part(target, "key").xmlName()).getTextContent();
                SmithyModel.Member value = MODEL.part(target, "value");
                Element given = only(child, value.xmlName());
                if (value.target().type().equals("structure")) {
                    map.set(key, structure(value.target(), given));
                } else {
                    map.put(key, given.getTextContent());
                }
            }
            default -> {
                require(!json.has(member.name()), child, "twice");
                scalar(json, member.name(), target.type(), child.getTextContent());
            }
        }
    }

    private static void scalar(ObjectNode json, String name, String type, String text) {
        switch (type) {
            case "integer", "long" -> json.put(name, Long.parseLong(text));
            case "boolean" -> json.put(name, Boolean.parseBoolean(text));
            default -> json.put(name, text);
        }
    }

    private static Element parse(byte[] xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(xml))
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("The answer is no XML: " + new String(xml, StandardCharsets.UTF_8), e);
        }
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    private static Element only(Element parent, String name) {
        List<Element> found = children(parent).stream()
                .filter(child -> child.getLocalName().equals(name))
                .toList();
        require(found.size() == 1, parent, found.size() + " children " + name);
        return found.getFirst();
    }

    private static void require(boolean right, Element element, String what) {
        if (!right) {
            throw wrong(element, what);
        }
    }

    private static IllegalStateException wrong(Element element, String what) {
        return new IllegalStateException("Wrong in the answer's element " + element.getLocalName() + ": " + what);
    }
}
