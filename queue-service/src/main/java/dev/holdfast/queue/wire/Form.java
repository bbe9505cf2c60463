package dev.holdfast.queue.wire;

import dev.holdfast.queue.api.SqsError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a form as the tree that their dotted names describe: {@code Tag.1.Key=a} is the value "a" at "Key"
 * below "1" below "Tag".
 */
final class Form {
    /** A batch of ten messages with ten attributes each has about 500; the rest is room. */
    private static final int MAX_PARAMETERS = 2_000;

    /** Deepest in the API is "SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.BinaryListValue.1". */
    private static final int MAX_DEPTH = 8;

    /** Of the number of an element; numbers may be missing between. */
    private static final int MAX_DIGITS = 6;

    private final Map<String, Form> children = new LinkedHashMap<>();
    private @Nullable String value;

    private Form() {}

    /** @throws dev.holdfast.queue.api.SqsException for broken percent-encoding, and for a parameter given twice */
    static Form parse(List<String> encodedForms) {
        Form root = new Form();
        int parameters = 0;
        for (String form : encodedForms) {
            for (int at = 0; at < form.length(); ) {
                int end = endOf(form, at);
                if (end > at) {
                    parameters++;
                    if (parameters > MAX_PARAMETERS) {
                        throw SqsError.SERIALIZATION.because("There are more than " + MAX_PARAMETERS + " parameters.");
                    }
                    root.add(form.substring(at, end));
                }
                at = end + 1;
            }
        }
        return root;
    }

    private static int endOf(String form, int start) {
        int end = form.indexOf('&', start);
        return end < 0 ? form.length() : end;
    }

    private void add(String pair) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        Form at = this;
        int depth = 0;
        for (int start = 0; start <= name.length(); depth++) {
            if (depth == MAX_DEPTH) {
                throw SqsError.SERIALIZATION.because("The parameter " + name + " has too many parts.");
            }
            int dot = name.indexOf('.', start);
            int end = dot < 0 ? name.length() : dot;
            at = at.children.computeIfAbsent(name.substring(start, end), part -> new Form());
            start = end + 1;
        }
        if (at.value != null) {
            throw SqsError.SERIALIZATION.because("The parameter " + name + " is given twice.");
        }
        at.value = equals < 0 ? "" : decode(pair.substring(equals + 1));
    }

    private static String decode(String encoded) {
        byte[] from = encoded.getBytes(StandardCharsets.UTF_8);
        byte[] to = new byte[from.length];
        int size = 0;
        for (int i = 0; i < from.length; i++) {
            if (from[i] == '%') {
                int high = i + 2 < from.length ? Character.digit(from[i + 1], 16) : -1;
                int low = i + 2 < from.length ? Character.digit(from[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw SqsError.SERIALIZATION.because("A \"%\" in a parameter is not followed by two hex digits.");
                }
                to[size++] = (byte) ((high << 4) | low);
                i += 2;
            } else {
                to[size++] = from[i] == '+' ? (byte) ' ' : from[i];
            }
        }
        byte[] decoded = Arrays.copyOf(to, size);
        if (!Utf8.isValid(decoded)) {
            throw SqsError.SERIALIZATION.because("A parameter is not valid UTF-8.");
        }
        return new String(decoded, StandardCharsets.UTF_8);
    }

    /** The value that stands here, null if only others stand below. */
    @Nullable String value() {
        return value;
    }

    /** Adds a value as if it had been given. */
    void put(String name, String given) {
        children.computeIfAbsent(name, part -> new Form()).value = given;
    }

    @Nullable Form child(String name) {
        return children.get(name);
    }

    @Nullable String text(String name) {
        Form child = children.get(name);
        return child == null ? null : child.value;
    }

    boolean hasChildren() {
        return !children.isEmpty();
    }

    Set<String> names() {
        return Collections.unmodifiableSet(children.keySet());
    }

    /**
     * The children of these names as if they had been given under one; null when there are none.
     *
     * @throws dev.holdfast.queue.api.SqsException when they say the same twice
     */
    @Nullable Form child(Set<String> names) {
        Form found = null;
        for (String name : names) {
            Form child = children.get(name);
            if (child != null) {
                found = found == null ? child : found.with(child, name);
            }
        }
        return found;
    }

    private Form with(Form other, String name) {
        Form both = new Form();
        if (value != null && other.value != null) {
            throw SqsError.SERIALIZATION.because("The parameter " + name + " is given twice.");
        }
        both.value = value != null ? value : other.value;
        both.children.putAll(children);
        other.children.forEach((childName, child) ->
                both.children.merge(childName, child, (mine, theirs) -> mine.with(theirs, name + "." + childName)));
        return both;
    }

    /** What the elements of a list or map are: what is given without a number, then those called 1, 2, 3, … in that order. */
    List<Form> elements() {
        Map<Integer, Form> numbered = new TreeMap<>();
        Form first = new Form();
        first.value = value;
        children.forEach((name, child) -> {
            if (isNumber(name)) {
                numbered.put(Integer.valueOf(name), child);
            } else {
                first.children.put(name, child);
            }
        });
        List<Form> elements = new ArrayList<>(numbered.size() + 1);
        if (first.value != null || first.hasChildren()) {
            elements.add(first);
        }
        elements.addAll(numbered.values());
        return elements;
    }

    /** In one spelling only, so that no two names are one number. */
    private static boolean isNumber(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_DIGITS
                && (name.length() == 1 || name.charAt(0) != '0')
                && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
