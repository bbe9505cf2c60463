package dev.holdfast.queue.policy;

import com.fasterxml.jackson.databind.JsonNode;

/** The version of the policy language that a document is written in; without one it is the older. */
enum PolicyVersion {
    V2008("2008-10-17"),
    V2012("2012-10-17");

    private final String wireName;

    PolicyVersion(String wireName) {
        this.wireName = wireName;
    }

    static PolicyVersion of(JsonNode element) {
        if (element.isMissingNode()) {
            return V2008;
        }
        for (PolicyVersion version : values()) {
            if (version.wireName.equals(element.asText())) {
                return version;
            }
        }
        throw PolicyDocument.invalid("Version must be 2008-10-17 or 2012-10-17.");
    }

    /** In the older version "${" has no meaning. */
    void requireNoVariable(String text) {
        if (this == V2012 && text.contains("${")) {
            throw PolicyDocument.invalid("The policy variable in " + text + " is not supported by this server.");
        }
    }
}
