package dev.holdfast.dashboard.console;

import java.util.Map;
import java.util.TreeMap;

/** What the console did, as a command of the AWS CLI to copy. */
final class AwsCli {
    private AwsCli() {}

    static String call(String action, Map<String, String> attributes) {
        var call = new StringBuilder("aws sqs ").append(action);
        if (!attributes.isEmpty()) {
            call.append(" --attributes '{");
            String separator = "";
            for (var attribute : new TreeMap<>(attributes).entrySet()) {
                call.append(separator)
                        .append(quoted(attribute.getKey()))
                        .append(':')
                        .append(quoted(attribute.getValue()));
                separator = ",";
            }
            call.append("}'");
        }
        return call.toString();
    }

    /** In single quotes for a POSIX shell. */
    static String shell(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("'", "'\\''") + '"';
    }
}
