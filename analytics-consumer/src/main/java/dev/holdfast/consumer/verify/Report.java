package dev.holdfast.consumer.verify;

import dev.holdfast.consumer.processed.SequenceRange;
import dev.holdfast.proof.Proof;
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

    private static void proof(StringBuilder text, Findings findings) {
        Proof proof = findings.proof();
        if (findings.producerId() != null) {
            text.append("Proof (").append(kind(findings)).append(") for producer ");
            text.append(findings.producerId()).append(":\n");
            member(text, "acknowledged", proof.acknowledged(), findings.acknowledgedSequences());
            member(text, "applied", proof.applied(), findings.appliedSequences());
            member(text, "dead-lettered", proof.deadLettered(), findings.deadLetteredSequences());
            member(text, "left unapplied", proof.leftUnapplied(), List.of());
            member(text, "in the queue", proof.stored(), List.of());
            member(text, "duplicates absorbed", proof.duplicatesAbsorbed(), List.of());
            member(text, "spare copies", findings.spareCopies(), List.of());
        }
        if (!findings.missing().isEmpty()) {
            text.append("  neither applied nor in a queue: ")
                    .append(some(findings.missing()))
                    .append('\n');
        }
        if (findings.detail() != null) {
            text.append("Proof: ").append(findings.detail()).append(".\n");
        } else if (proof.balanced() != null) {
            text.append(Character.toUpperCase(proof.because().charAt(0)))
                    .append(proof.because().substring(1))
                    .append(".\n");
        }
        text.append(proof.sentence()).append('\n');
    }

    private static String kind(Findings findings) {
        String how = findings.byIdentity() ? "as sets of sequences" : "as numbers";
        return Boolean.TRUE.equals(findings.proof().settled()) ? "settled, " + how : "while messages move, " + how;
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
