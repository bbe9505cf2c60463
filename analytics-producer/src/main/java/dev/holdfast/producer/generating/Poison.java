package dev.holdfast.producer.generating;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The ways in which a body is wrong so that a consumer must refuse it; sent in turn. */
enum Poison {
    NOT_JSON {
        @Override
        String spoil(ObjectNode event) {
            String json = event.toString();
            return json.substring(0, json.length() / 2);
        }
    },
    MISSING_FIELD {
        @Override
        String spoil(ObjectNode event) {
            event.remove("sku");
            return event.toString();
        }
    },
    NEGATIVE_PRICE {
        @Override
        String spoil(ObjectNode event) {
            return event.put("priceMinor", -event.get("priceMinor").asLong()).toString();
        }
    },
    /** Well-formed, so that only a look at ISO 4217 finds it: no currency has this code. */
    UNKNOWN_CURRENCY {
        @Override
        String spoil(ObjectNode event) {
            return event.put("currency", "ZZZ").toString();
        }
    };

    abstract String spoil(ObjectNode event);

    static Poison number(long index) {
        return values()[(int) (index % values().length)];
    }
}
