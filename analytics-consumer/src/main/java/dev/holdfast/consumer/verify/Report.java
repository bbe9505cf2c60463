package dev.holdfast.consumer.verify;

import dev.holdfast.consumer.processed.SequenceRange;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A verification in words. */
final class Report {
    private static final int MAX_RANGES_SHOWN = 20;

    private Report() {}

    static String text(Verification verification) {
        StringBuilder text = new StringBuilder();
        recount(text, verification.recount());
        proof(text, verification.proof());
        return text.toString();
    }

    private static void recount(StringBuilder text, Recount recount) {
        String window = recount.keptFromMillis() == 0
                ? "all of them"
                : "those since " + Instant.ofEpochMilli(recount.keptFromMillis())
                        + ", and what is compacted before that";
        String found = recount.differences().isEmpty()
                ? "no difference"
                : recount.differences().size() + " differences";
        text.append("Recount of ")
                .append(number(recount.keptEvents()))
                .append(" stored events (")
                .append(window)
                .append("): ");
        text.append(number(recount.compared()))
                .append(" figures compared, ")
                .append(found)
                .append(".\n");
        recount.differences()
                .forEach(difference ->
                        text.append("  DIFFERENCE ").append(difference).append('\n'));
    }

    private static void proof(StringBuilder text, Proof proof) {
        if (proof.balanced() == null) {
            text.append("Proof: cannot be known, because ").append(proof.why()).append(".\n");
            return;
        }
        String kind = proof.settled() ? "settled, as sets of sequences" : "live, as numbers";
        text.append("Proof (")
                .append(kind)
                .append(") for producer ")
                .append(proof.producerId())
                .append(":\n");
        member(text, "acknowledged", proof.acknowledged(), proof.acknowledgedSequences());
        member(text, "applied", proof.applied(), proof.appliedSequences());
        member(text, "dead-lettered", proof.deadLettered(), proof.deadLetteredSequences());
        member(text, "left unapplied", proof.leftUnapplied(), List.of());
        member(text, "in the queue", proof.stored(), List.of());
        member(text, "duplicates absorbed", proof.duplicatesAbsorbed(), List.of());
        member(text, "spare copies", proof.spareCopies(), List.of());
        if (!proof.missing().isEmpty()) {
            text.append("  neither applied nor dead-lettered: ")
                    .append(all(proof.missing()))
                    .append('\n');
        }
        text.append(conclusion(proof)).append('\n');
    }

    private static String conclusion(Proof proof) {
        if (Boolean.FALSE.equals(proof.balanced())) {
            return "LOST: at least " + number(proof.lost()) + " of " + all(proof.missing());
        }
        return proof.settled()
                ? "Nothing lost."
                : "No loss to be seen; whether nothing is lost shows once the outbox and the queue are empty.";
    }

    /** Leaves out what is not known. */
    private static void member(StringBuilder text, String name, @Nullable Long count, List<SequenceRange> ranges) {
        if (count != null) {
            text.append(String.format(Locale.ROOT, "  %-20s %,12d  %s", name, count, some(ranges))
                            .stripTrailing())
                    .append('\n');
        }
    }

    private static String some(List<SequenceRange> ranges) {
        String shown = all(ranges.subList(0, Math.min(ranges.size(), MAX_RANGES_SHOWN)));
        return ranges.size() <= MAX_RANGES_SHOWN
                ? shown
                : shown + ", … (" + ranges.size() + " ranges, --json lists them)";
    }

    private static String all(List<SequenceRange> ranges) {
        return ranges.stream().map(SequenceRange::toString).collect(Collectors.joining(", "));
    }

    private static String number(@Nullable Long number) {
        return number == null ? "?" : String.format(Locale.ROOT, "%,d", number);
    }
}
