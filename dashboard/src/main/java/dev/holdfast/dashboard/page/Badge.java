package dev.holdfast.dashboard.page;

/**
 * A state as people see it: a shape and a word; the colour only repeats them.
 *
 * @param tone good, warn or bad
 */
public record Badge(String words, String tone) {
    public static final Badge UP = new Badge("● Up", "good");
    public static final Badge UNREACHABLE = new Badge("✕ Unreachable", "bad");

    /** A state by the word that producer, consumer and database use for it. */
    public static Badge of(String state) {
        return switch (state) {
            case "up" -> UP;
            case "running" -> new Badge("● Running", "good");
            case "paused" -> new Badge("❚❚ Paused", "warn");
            case "stopped" -> new Badge("■ Stopped", "warn");
            case "crashed" -> new Badge("✕ Crashed", "bad");
            case "silent" -> new Badge("✕ Silent", "bad");
            case "unreachable" -> UNREACHABLE;
            case "starting" -> new Badge("◌ Starting", "warn");
            case "stopping" -> new Badge("◌ Stopping", "warn");
            case "waiting-for-queue" -> new Badge("◌ Waiting for the queue", "warn");
            case "queue-unreachable" -> new Badge("✕ Queue unreachable", "bad");
            case "none" -> new Badge("◌ None yet", "warn");
            default -> new Badge("? " + state, "warn");
        };
    }
}
