package dev.holdfast.dashboard.lab;

import dev.holdfast.dashboard.page.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** {@code /api/lab}: whether the laboratory is open, and its buttons. */
@Path("/api/lab")
@Produces(MediaType.APPLICATION_JSON)
public class LabResource {
    private static final Logger LOG = Logger.getLogger(LabResource.class);

    /** Long enough for this answer to reach the browser before the dashboard itself goes. */
    private static final long OWN_END_AFTER_MILLIS = 300;

    private final Lab lab;

    LabResource(Lab lab) {
        this.lab = lab;
    }

    /** What the pages show; {@code call} is the same as a command to type. */
    public record Done(String message, String call) {}

    /** @param open whether services can be started and killed from here */
    public record State(boolean open) {}

    @GET
    public State state() {
        return new State(lab.isOpen());
    }

    @POST
    @Path("{verb}/{service}")
    public Done run(@PathParam("verb") String verbWord, @PathParam("service") String serviceWord) {
        Lab.Verb verb = parse(Lab.Verb.class, verbWord);
        Lab.Service service = parse(Lab.Service.class, serviceWord);
        String call = "infra/demo " + Lab.word(verb) + " " + Lab.word(service);
        refuseUnlessOpen();
        if (service == Lab.Service.DASHBOARD) {
            CompletableFuture.delayedExecutor(OWN_END_AFTER_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> runLogged(verb, service));
            return new Done("The dashboard itself: this page reconnects when it is back.", call);
        }
        try {
            Lab.Outcome outcome = lab.run(verb, service);
            if (outcome.exitCode() != 0) {
                throw Problem.of(502, call + " ended with " + outcome.exitCode() + ": " + outcome.output());
            }
            return new Done(Lab.word(service) + ": " + Lab.word(verb) + " done", call);
        } catch (IOException e) {
            throw Problem.of(502, String.valueOf(e.getMessage()));
        }
    }

    @POST
    @Path("extra/{verb}/{name}")
    public Done extra(@PathParam("verb") String verbWord, @PathParam("name") String nameWord) {
        Lab.Verb verb = parse(Lab.Verb.class, verbWord);
        Lab.ExtraConsumer name = parse(Lab.ExtraConsumer.class, nameWord);
        refuseUnlessOpen();
        if (verb == Lab.Verb.STOP) {
            lab.stopExtra(name);
        } else {
            try {
                lab.startExtra(name);
            } catch (IOException e) {
                throw Problem.of(502, String.valueOf(e.getMessage()));
            }
        }
        return new Done(
                "consumer " + Lab.word(name) + ": " + Lab.word(verb),
                "infra/run analytics-consumer --name " + Lab.word(name));
    }

    private void runLogged(Lab.Verb verb, Lab.Service service) {
        try {
            lab.run(verb, service);
        } catch (IOException e) {
            LOG.warnf("lab command failed: %s", e.getMessage());
        }
    }

    private void refuseUnlessOpen() {
        if (!lab.isOpen()) {
            throw Problem.of(
                    403,
                    "Services cannot be started and killed from here: dashboard.lab.command is not set, or the dashboard"
                            + " is open to other machines. Type the command instead.");
        }
    }

    private static <E extends Enum<E>> E parse(Class<E> type, String word) {
        for (E constant : type.getEnumConstants()) {
            if (Lab.word(constant).equals(word.toLowerCase(Locale.ROOT))) {
                return constant;
            }
        }
        throw Problem.of(404, "There is no " + word + " here.");
    }
}
