package dev.holdfast.queue.inspect;

import dev.holdfast.kit.http.Problem;
import dev.holdfast.queue.faults.Fault;
import dev.holdfast.queue.faults.Faults;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows and changes the faults that are injected, where the server was started with {@code holdfast.faults.enabled}. */
@Path("/_holdfast/faults")
class FaultsApi {
    private final Faults faults;

    FaultsApi(Faults faults) {
        this.faults = faults;
    }

    /** A rule as it is written: kind in lower case with hyphens, probability 1 and delay 1 s where absent. */
    record Rule(
            @Nullable String kind,
            @Nullable String action,
            @Nullable String queue,
            @Nullable Double probability,
            @Nullable Long delayMillis) {

        static Rule of(Fault fault) {
            return new Rule(
                    fault.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    fault.action().orElse(null),
                    fault.queue().orElse(null),
                    fault.probability(),
                    fault.delayMillis());
        }

        Fault toFault() {
            try {
                return new Fault(
                        Fault.Kind.valueOf(
                                String.valueOf(kind).toUpperCase(Locale.ROOT).replace('-', '_')),
                        Optional.ofNullable(action),
                        Optional.ofNullable(queue),
                        probability == null ? 1 : probability,
                        delayMillis == null ? 1_000 : delayMillis);
            } catch (IllegalArgumentException e) {
                throw Problem.of(
                        400,
                        e.getMessage() + ". A rule is {kind, action, queue, probability, delayMillis}, kind one of"
                                + " lose-answer, delay, throttle, fail, duplicate-delivery.");
            }
        }
    }

    record Rules(@Nullable List<Rule> rules) {}

    @GET
    public Rules rules() {
        requireEnabled();
        return new Rules(faults.rules().stream().map(Rule::of).toList());
    }

    @PUT
    public Rules replace(@Nullable Rules wanted) {
        requireEnabled();
        if (wanted == null || wanted.rules == null) {
            throw Problem.of(400, "Send {\"rules\": [...]}; an empty list ends all faults.");
        }
        List<Fault> changed = new ArrayList<>();
        wanted.rules.forEach(rule -> changed.add(rule.toFault()));
        faults.replace(changed);
        return rules();
    }

    private void requireEnabled() {
        if (!faults.isEnabled()) {
            throw Problem.of(404, "Start the server with holdfast.faults.enabled=true to inject faults.");
        }
    }
}
