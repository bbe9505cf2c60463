package dev.holdfast.queue.action;

import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What all batch requests have in common: rules for the whole, and entries that fail alone. */
final class Batch {
    private Batch() {}

    /**
     * Refuses a batch as a whole.
     *
     * @throws SqsException EmptyBatchRequest, TooManyEntriesInBatchRequest, InvalidBatchEntryId, BatchEntryIdsNotDistinct
     */
    static void check(String entryName, List<? extends Request.BatchEntry> entries) {
        if (entries.isEmpty()) {
            throw SqsError.EMPTY_BATCH.because("There should be at least one " + entryName + " in the request.");
        }
        if (entries.size() > Limits.MAX_BATCH_ENTRIES) {
            throw SqsError.TOO_MANY_ENTRIES.because("Maximum number of entries per request are "
                    + Limits.MAX_BATCH_ENTRIES + ". You have sent " + entries.size() + ".");
        }
        Set<String> seen = new HashSet<>();
        for (Request.BatchEntry entry : entries) {
            String id = entry.id();
            if (id.isEmpty()
                    || id.length() > Limits.MAX_BATCH_ID_LENGTH
                    || !id.chars().allMatch(Batch::isIdCharacter)) {
                throw SqsError.INVALID_BATCH_ENTRY_ID.because(
                        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.");
            }
            if (!seen.add(id)) {
                throw SqsError.BATCH_IDS_NOT_DISTINCT.because("Id " + id + " repeated.");
            }
        }
    }

    private static boolean isIdCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    /** Does the work for one entry; a refusal is noted under its id. */
    static void attempt(String id, List<Result.BatchError> failed, Runnable work) {
        try {
            work.run();
        } catch (SqsException refusal) {
            failed.add(error(id, refusal));
        }
    }

    static Result.BatchError error(String id, SqsException refusal) {
        return new Result.BatchError(
                id, refusal.error().senderFault(), refusal.error().queryCode(), refusal.sentence());
    }

    static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
