package dev.holdfast.dashboard.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.qute.RawString;

/**
 * Shows any number of a sample by its path, in the words of {@link Wording}; the browser later overwrites it from the
 * same path of the next sample (assets/bind.js).
 */
public final class Figures {
    private final JsonNode sample;

    public Figures(JsonNode sample) {
        this.sample = sample;
    }

    /** The value in an element that the browser keeps up to date. */
    public RawString num(String path, String format) {
        return new RawString("<span class=\"num\" data-bind=\"%s\" data-as=\"%s\">%s</span>"
                .formatted(path, format, escaped(show(path, format))));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The value at a dotted path in one of the formats count, rate, millis, seconds, percent, time, text. */
    public String show(String path, String format) {
        JsonNode value = sample;
        for (String name : path.split("\\.", -1)) {
            value = name.chars().allMatch(Character::isDigit) ? value.path(Integer.parseInt(name)) : value.path(name);
        }
        return value.isMissingNode() || value.isNull() ? Wording.UNKNOWN : Wording.of(format, value);
    }

    /** The whole sample for the page's script; a body can never end the script element. */
    public String json() {
        return sample.isMissingNode() ? "" : sample.toString().replace("<", "\\u003c");
    }
}
