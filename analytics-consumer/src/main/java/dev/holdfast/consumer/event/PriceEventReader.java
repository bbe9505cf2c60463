package dev.holdfast.consumer.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.consumer.event.PriceEvent.Reason;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads a message body into an event that cannot be wrong. Unknown members are ignored. Safe for use by several threads. */
public final class PriceEventReader {
    private static final int MAX_DEPTH = 32;
    private static final String TIME_FORM = "dddd-dd-ddTdd:dd:dd.dddZ";
    private static final List<Reason> REASONS = List.of(Reason.values());
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    /** Strict: a body with a member twice, or with something behind its end, could be read in two ways. */
    private static final ObjectReader JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private PriceEventReader() {}

    /** Throws with a sentence that names the member at fault. */
    public static PriceEvent read(String body) throws RefusedEventException {
        JsonNode json = parse(body);
        if (!json.isObject()) {
            throw new RefusedEventException("the body is not a JSON object");
        }
        JsonNode version = member(json, "schemaVersion");
        if (!version.isIntegralNumber()
                || !version.canConvertToInt()
                || version.intValue() != PriceEvent.SCHEMA_VERSION) {
            throw new RefusedEventException(
                    "schemaVersion is " + shown(version) + ", known is " + PriceEvent.SCHEMA_VERSION);
        }
        return new PriceEvent(
                new Identity(uuid(json, "producerId"), integer(json, "sequence", 1, PriceEvent.MAX_SEQUENCE)),
                uuid(json, "eventId"),
                text(json, "sku", PriceEvent.MAX_SKU_LENGTH),
                text(json, "productName", PriceEvent.MAX_PRODUCT_NAME_LENGTH),
                text(json, "category", PriceEvent.MAX_CATEGORY_LENGTH),
                currency(json),
                integer(json, "priceMinor", 0, PriceEvent.MAX_PRICE_MINOR),
                integer(json, "previousPriceMinor", 0, PriceEvent.MAX_PRICE_MINOR),
                reason(json),
                occurredAtMillis(json));
    }

    private static JsonNode parse(String body) throws RefusedEventException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new RefusedEventException("the body is not JSON: " + e.getOriginalMessage());
        }
    }

    private static JsonNode member(JsonNode json, String name) throws RefusedEventException {
        JsonNode value = json.get(name);
        if (value == null) {
            throw new RefusedEventException(name + " is missing");
        }
        return value;
    }

    private static String text(JsonNode json, String name, int maxLength) throws RefusedEventException {
        JsonNode value = member(json, name);
        if (!value.isTextual()) {
            throw new RefusedEventException(name + " is " + shown(value) + ", not a text");
        }
        String text = value.textValue();
        int length = text.codePointCount(0, text.length());
        if (length < 1 || length > maxLength) {
            throw new RefusedEventException(name + " has " + length + " characters, allowed are 1 to " + maxLength);
        }
        return text;
    }

    private static long integer(JsonNode json, String name, long min, long max) throws RefusedEventException {
        JsonNode value = member(json, name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new RefusedEventException(
                    name + " is " + shown(value) + ", not an integer from " + min + " to " + max);
        }
        long number = value.longValue();
        if (number < min || number > max) {
            throw new RefusedEventException(name + " is " + number + ", allowed are " + min + " to " + max);
        }
        return number;
    }

    private static UUID uuid(JsonNode json, String name) throws RefusedEventException {
        JsonNode value = member(json, name);
        if (value.isTextual()) {
            try {
                UUID uuid = UUID.fromString(value.textValue());
                // The JDK also reads short and upper-case forms, in which one producer would have several names.
                if (uuid.toString().equals(value.textValue())) {
                    return uuid;
                }
            } catch (IllegalArgumentException e) {
                // Refused below like the other forms.
            }
        }
        throw new RefusedEventException(name + " is " + shown(value) + ", not a UUID in lower case");
    }

    private static String currency(JsonNode json) throws RefusedEventException {
        JsonNode value = member(json, "currency");
        if (!value.isTextual() || !CURRENCIES.contains(value.textValue())) {
            throw new RefusedEventException("currency is " + shown(value) + ", not a code of ISO 4217");
        }
        return value.textValue();
    }

    private static Reason reason(JsonNode json) throws RefusedEventException {
        JsonNode value = member(json, "reason");
        for (Reason reason : REASONS) {
            if (reason.name().equals(value.textValue())) {
                return reason;
            }
        }
        throw new RefusedEventException(
                "reason is " + shown(value) + ", not one of MARKET, PROMOTION_START, PROMOTION_END, RESTOCK");
    }

    private static long occurredAtMillis(JsonNode json) throws RefusedEventException {
        JsonNode value = member(json, "occurredAt");
        if (value.isTextual() && hasTimeForm(value.textValue())) {
            String text = value.textValue();
            try {
                return LocalDateTime.of(
                                number(text, 0, 4),
                                number(text, 5, 7),
                                number(text, 8, 10),
                                number(text, 11, 13),
                                number(text, 14, 16),
                                number(text, 17, 19),
                                number(text, 20, 23) * 1_000_000)
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli();
            } catch (DateTimeException e) {
                // A month 13 has the form and is no time: refused below like any other.
            }
        }
        throw new RefusedEventException("occurredAt is " + shown(value) + ", not a time like 2026-11-24T15:00:00.000Z");
    }

    /** By hand, and not with a pattern and a formatter: the form is fixed, and this runs for each event. */
    private static boolean hasTimeForm(String text) {
        if (text.length() != TIME_FORM.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char wanted = TIME_FORM.charAt(i);
            char actual = text.charAt(i);
            if (wanted == 'd' ? actual < '0' || actual > '9' : actual != wanted) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    /** The value as it stands in the body, cut short: it ends up in a reason that people read. */
    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
