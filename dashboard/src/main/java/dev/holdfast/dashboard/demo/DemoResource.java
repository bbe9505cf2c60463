package dev.holdfast.dashboard.demo;

import dev.holdfast.kit.http.Problem;
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
public class DemoResource {
    private static final Logger LOG = Logger.getLogger(DemoResource.class);

    /** Long enough for this answer to reach the browser before the dashboard itself goes. */
    private static final long OWN_END_AFTER_MILLIS = 300;

    private final DemoControl demo;

    DemoResource(DemoControl demo) {
        this.demo = demo;
    }

    /** What the pages show; {@code call} is the same as a command to type. */
    public record Done(String message, String call) {}

    /** @param open whether services can be started and killed from here */
    public record State(boolean open) {}

    @GET
    public State state() {
        return new State(demo.isOpen());
    }

    @POST
    @Path("{verb}/{service}")
    public Done run(@PathParam("verb") String verbWord, @PathParam("service") String serviceWord) {
        DemoControl.Verb verb = parse(DemoControl.Verb.class, verbWord);
        DemoControl.Service service = parse(DemoControl.Service.class, serviceWord);
        String call = "infra/demo " + DemoControl.word(verb) + " " + DemoControl.word(service);
        refuseUnlessOpen();
        if (service == DemoControl.Service.DASHBOARD) {
            CompletableFuture.delayedExecutor(OWN_END_AFTER_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> runLogged(verb, service));
            return new Done("The dashboard itself: this page reconnects when it is back.", call);
        }
        try {
            DemoControl.Outcome outcome = demo.run(verb, service);
            if (outcome.exitCode() != 0) {
                throw Problem.of(502, call + " ended with " + outcome.exitCode() + ": " + outcome.output());
            }
            return new Done(DemoControl.word(service) + ": " + DemoControl.word(verb) + " done", call);
        } catch (IOException e) {
            throw Problem.of(502, String.valueOf(e.getMessage()));
        }
    }

    @POST
    @Path("extra/{verb}/{name}")
    public Done extra(@PathParam("verb") String verbWord, @PathParam("name") String nameWord) {
        DemoControl.Verb verb = parse(DemoControl.Verb.class, verbWord);
        DemoControl.ExtraConsumer name = parse(DemoControl.ExtraConsumer.class, nameWord);
        refuseUnlessOpen();
        if (verb == DemoControl.Verb.STOP) {
            demo.stopExtra(name);
        } else {
            try {
                demo.startExtra(name);
            } catch (IOException e) {
                throw Problem.of(502, String.valueOf(e.getMessage()));
            }
        }
        return new Done(
                "consumer " + DemoControl.word(name) + ": " + DemoControl.word(verb),
                "infra/run analytics-consumer --name " + DemoControl.word(name));
    }

    private void runLogged(DemoControl.Verb verb, DemoControl.Service service) {
        try {
            demo.run(verb, service);
        } catch (IOException e) {
            LOG.warnf("lab command failed: %s", e.getMessage());
        }
    }

    private void refuseUnlessOpen() {
        if (!demo.isOpen()) {
            throw Problem.of(
                    403,
                    "Services cannot be started and killed from here: dashboard.lab.command is not set, or the dashboard"
                            + " is open to other machines. Type the command instead.");
        }
    }

    private static <E extends Enum<E>> E parse(Class<E> type, String word) {
        for (E constant : type.getEnumConstants()) {
            if (DemoControl.word(constant).equals(word.toLowerCase(Locale.ROOT))) {
                return constant;
            }
        }
        throw Problem.of(404, "There is no " + word + " here.");
    }
}
