package dev.holdfast.kit.start;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Why a start failed, in one line for people. */
final class Refusal {
    /** How SmallRye Config begins its messages, inside those of the JDK's exceptions. */
    private static final Pattern CONFIG_CODE =
            Pattern.compile("([a-z]+\\.)*[A-Za-z]*Exception: SRCFG\\d+: |SRCFG\\d+: ");

    private static final Pattern NOT_CONVERTED = Pattern.compile(
            "The config property (\\S+) with the config value \"(.*?)\" threw an Exception whilst being converted:? ?");

    private static final Pattern NOT_SET =
            Pattern.compile("The config property (\\S+) is required but it could not be found in any config source");

    private static final Pattern LINE_BREAKS = Pattern.compile("\\s*[\\r\\n]+\\s*");

    private final String portSetting;
    private final List<Throwable> chain = new ArrayList<>();

    Refusal(String portSetting, Throwable failure) {
        this.portSetting = portSetting;
        for (Throwable cause = failure; cause != null && chain.size() < 100; cause = cause.getCause()) {
            chain.add(cause);
        }
    }

    String line() {
        String known = inWords();
        String text = known == null ? chain.getLast().toString() : known;
        return LINE_BREAKS.matcher(text.strip()).replaceAll("; ");
    }

    /** A refusal for a reason that somebody thought of; anything else is a bug, or a machine in a state nobody thought of. */
    boolean isForeseen() {
        return inWords() != null;
    }

    /** The innermost cause that is known says it in the words of who found it. */
    private @Nullable String inWords() {
        for (Throwable cause : chain.reversed()) {
            String words = switch (cause) {
                case StartRefusedException refused -> refused.getMessage();
                case ConfigValidationException settings -> problems(settings);
                case ConfigurationException setting -> withoutCode(setting);
                case BindException bind -> notListening(bind);
                default -> ofConfig(cause);
            };
            if (words != null) {
                return words;
            }
        }
        return null;
    }

    private static String problems(ConfigValidationException settings) {
        return IntStream.range(0, settings.getProblemCount())
                .mapToObj(index -> settings.getProblem(index).getMessage())
                .map(Refusal::inOurWords)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** A value that cannot be converted arrives as one of the JDK's exceptions with a message of SmallRye's. */
    private static @Nullable String ofConfig(Throwable cause) {
        String message = cause.getMessage();
        return message != null && CONFIG_CODE.matcher(message).lookingAt() ? withoutCode(cause) : null;
    }

    private static String withoutCode(Throwable cause) {
        return inOurWords(String.valueOf(cause.getMessage()));
    }

    private static String inOurWords(String message) {
        String text = CONFIG_CODE.matcher(message).replaceAll("");
        text = NOT_CONVERTED.matcher(text).replaceAll("$1 is \"$2\", which cannot be used: ");
        return NOT_SET.matcher(text).replaceAll("$1 is needed, and not set");
    }

    private String notListening(BindException failure) {
        String why = String.valueOf(failure.getMessage());
        String port = setting("quarkus.http.port");
        String host = setting("quarkus.http.host");
        if (why.contains("assign requested address")) {
            return "quarkus.http.host is " + host + ", which is not an address of this machine";
        }
        if (why.contains("Permission denied")) {
            return "this user may not open port " + port + "; choose one above 1023 by " + portSetting;
        }
        return "port " + port + " is taken; stop the program that has it, or choose another port by " + portSetting;
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getOptionalValue(name, String.class).orElse("?");
    }
}
