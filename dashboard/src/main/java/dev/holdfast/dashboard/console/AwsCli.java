package dev.holdfast.dashboard.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.dashboard.sqs.QueueClients;
import dev.holdfast.kit.sqs.SqsConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the console did, as a command of the AWS CLI that can be copied and runs as it is. */
@ApplicationScoped
class AwsCli {
    /** What the CLI takes for the name of a file, an address to fetch, or an option. */
    private static final Pattern SPECIAL = Pattern.compile("(?:file|fileb|https?)://|-", Pattern.CASE_INSENSITIVE);

    private static final Pattern WORD_START = Pattern.compile("(?<=[a-z])(?=[A-Z])");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,-]+");

    private final Optional<URI> endpoint;
    private final String region;
    private final ObjectMapper json;

    AwsCli(SqsConfig config, QueueClients clients, ObjectMapper json) {
        this.endpoint = config.endpoint();
        this.region = clients.asking().serviceClientConfiguration().region().id();
        this.json = json;
    }

    /**
     * A call, with all that it needs but credentials.
     *
     * @param members of the action by the names of the SQS API; texts, numbers, lists and maps
     */
    String call(String command, Map<String, ?> members) {
        StringBuilder call = new StringBuilder("aws sqs ").append(command);
        endpoint.ifPresent(uri -> call.append(" --endpoint-url ").append(shell(uri.toString())));
        call.append(" --region ").append(shell(region));
        if (members.entrySet().stream().anyMatch(AwsCli::isSpecial)) {
            return call.append(" --cli-input-json ")
                    .append(shell(json(members)))
                    .toString();
        }
        members.forEach((name, value) ->
                call.append(' ').append(option(name)).append(' ').append(shell(text(value))));
        return call.toString();
    }

    private static boolean isSpecial(Map.Entry<String, ?> member) {
        return member.getValue() instanceof String text
                && !member.getKey().equals("QueueUrl")
                && SPECIAL.matcher(text).lookingAt();
    }

    private static String option(String member) {
        return "--" + WORD_START.matcher(member).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    private String text(Object value) {
        return value instanceof String || value instanceof Number ? value.toString() : json(value);
    }

    private String json(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not to be written as JSON: " + value.getClass(), e);
        }
    }

    /** For a POSIX shell: in single quotes where it would read more than a word. */
    static String shell(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
