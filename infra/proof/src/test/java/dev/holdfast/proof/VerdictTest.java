package dev.holdfast.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.proof.Evidence.Party;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can become of acknowledged events, and what is then said of them. Each row has 172 acknowledged, of which 168 to 172 are not applied. */
class VerdictTest {
    private static final long ACKNOWLEDGED = 172;
    private static final long APPLIED = 167;

    private static final String NOTHING_LOST = "Nothing lost.";
    private static final String LOST = "LOST: at least 5 of 168-172";
    private static final String DELETED =
            "Cannot be known: 5 acknowledged events (168-172) were deleted from the queue without being"
                    + " applied, and the queue does not record who deletes a message.";

    /** What became of the five, and the verdict. */
    record Case(String name, Evidence evidence, String sentence, String because) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        return List.of(
                new Case(
                        "dead-lettered",
                        settled(
                                main().deleted(167).movedOut(5),
                                dead().movedIn(5).stock(5),
                                0),
                        NOTHING_LOST,
                        "one of these: 5 dead-lettered"),
                new Case(
                        "moved elsewhere",
                        settled(
                                main().deleted(167).movedOut(5),
                                dead().movedIn(5).movedOut(5),
                                0,
                                168,
                                172),
                        NOTHING_LOST,
                        "one of these: 5 moved to another queue"),
                new Case(
                        "two of five moved elsewhere",
                        settled(
                                main().deleted(167).movedOut(5),
                                dead().movedIn(5).movedOut(2).stock(3),
                                0,
                                168,
                                169),
                        NOTHING_LOST,
                        "one of these: 3 dead-lettered, 2 moved to another queue"),
                new Case(
                        "deleted by the AWS CLI, or received and deleted by a stranger",
                        settled(main().deleted(172), dead(), 0, 168, 172),
                        DELETED,
                        "without being applied"),
                new Case(
                        "deleted by hand on the page",
                        settled(main().deleted(172), dead(), 5, 168, 172),
                        NOTHING_LOST,
                        "one of these: 5 deleted by hand"),
                new Case(
                        "three deleted by hand on the page, two by a stranger",
                        settled(main().deleted(172), dead(), 3, 168, 172),
                        "Cannot be known: at least 2 of the events 168-172 were deleted from the queue without being applied,"
                                + " and the queue does not record who deletes a message.",
                        "without being applied"),
                new Case(
                        "deleted from the dead-letter queue",
                        settled(
                                main().deleted(167).movedOut(5),
                                dead().movedIn(5).deleted(5),
                                0,
                                168,
                                172),
                        NOTHING_LOST,
                        "one of these: 5 deleted from the dead-letter queue"),
                new Case(
                        "redriven half-way: two are back in the main queue",
                        exact(
                                new ProducerSide("p", ACKNOWLEDGED, ACKNOWLEDGED, 0),
                                side(
                                        main().deleted(167)
                                                .movedIn(2)
                                                .movedOut(5)
                                                .stock(2),
                                        dead().movedIn(5).movedOut(2).stock(3)),
                                consumer(0),
                                0,
                                new TreeSet<>()),
                        NOTHING_LOST,
                        "one of these: 3 dead-lettered"),
                new Case(
                        "expired",
                        settled(main().deleted(167).expired(5), dead(), 0, 168, 172),
                        NOTHING_LOST,
                        "one of these: 5 expired"),
                new Case(
                        "expired as dead letters",
                        settled(
                                main().deleted(167).movedOut(5),
                                dead().movedIn(5).expired(5),
                                0,
                                168,
                                172),
                        NOTHING_LOST,
                        "one of these: 5 expired"),
                new Case(
                        "purged",
                        settled(main().deleted(167).purged(5), dead(), 0, 168, 172),
                        NOTHING_LOST,
                        "one of these: 5 purged"),
                new Case(
                        "gone with a deleted queue",
                        exact(
                                producer(),
                                new QueueSide(Ledger.EMPTY, Ledger.EMPTY, 5, true, null),
                                consumer(0),
                                0,
                                sequences(168, 172)),
                        NOTHING_LOST,
                        "one of these: 5 gone with a deleted queue"),
                new Case(
                        "not in the ledger of the queue made again, which does not reach back so far",
                        exact(
                                producer(),
                                new QueueSide(Ledger.EMPTY, Ledger.EMPTY, 0, true, null),
                                consumer(0),
                                0,
                                sequences(168, 172)),
                        DELETED,
                        "without being applied"),
                new Case(
                        "spare copies of applied events, absorbed",
                        settled(
                                main().sent(175).deleted(170).movedOut(5),
                                dead().movedIn(5).stock(5),
                                0),
                        NOTHING_LOST,
                        "one of these: 5 dead-lettered"),
                new Case(
                        "spare copies of applied events, dead-lettered",
                        exact(
                                producer(),
                                side(
                                        main().sent(170).deleted(167).movedOut(3),
                                        dead().movedIn(3).stock(3)),
                                consumer(0),
                                0,
                                sequences(168, 172),
                                3),
                        "LOST: at least 2 of 168-172",
                        "neither applied, nor in a queue"),
                new Case(
                        "deleted, while three applied events whose own delete failed are dead letters",
                        exact(
                                producer(),
                                side(
                                        main().deleted(169).movedOut(3),
                                        dead().movedIn(3).stock(3)),
                                consumer(0),
                                0,
                                sequences(168, 172),
                                3),
                        DELETED,
                        "without being applied"),
                new Case(
                        "forgotten by the queue",
                        settled(main().sent(167).deleted(167), dead(), 0, 168, 172),
                        LOST,
                        "neither applied, nor in a queue"),
                new Case(
                        "vanished out of the ledger, which does not add up",
                        settled(main().deleted(167), dead(), 0, 168, 172),
                        LOST,
                        "neither applied, nor in a queue"),
                new Case(
                        "counted as applied by the consumer, whose database has lost them",
                        exact(
                                producer(),
                                side(main().deleted(172), dead()),
                                new ConsumerSide(172, 172, 172, 0),
                                0,
                                sequences(168, 172)),
                        LOST,
                        "neither applied, nor in a queue"),
                new Case(
                        "deleted, and another producer's expired: the door may have been the other's",
                        exact(
                                producer(),
                                side(main().sent(272).deleted(267).expired(5), dead()),
                                new ConsumerSide(APPLIED, APPLIED, APPLIED + 95, 0),
                                0,
                                sequences(168, 172)),
                        "Cannot be known: of the events 168-172, which are not applied, some may have been among the 5 messages"
                                + " that another client deleted, and the queue does not record who deletes a message.",
                        "another client"),
                new Case(
                        "expired, with another producer whose events are all applied",
                        exact(
                                producer(),
                                side(main().sent(272).deleted(267).expired(5), dead()),
                                new ConsumerSide(APPLIED, APPLIED, APPLIED + 100, 0),
                                0,
                                sequences(168, 172)),
                        NOTHING_LOST,
                        "one of these: 5 expired"),
                new Case(
                        "under way",
                        Evidence.of(producer(), side(main().deleted(167).stock(5), dead()), consumer(0), 0),
                        "No loss to be seen; each event is looked for once the messages before it are done.",
                        "applied or in the queue"),
                new Case(
                        "fewer under way than are missing, the rest deleted",
                        Evidence.of(producer(), side(main().deleted(169).stock(3), dead()), consumer(0), 0),
                        "Cannot be known: at least 2 acknowledged events were deleted from the queue without being applied, and the"
                                + " queue does not record who deletes a message.",
                        "without being applied"),
                new Case(
                        "fewer under way than are missing, the rest nowhere",
                        Evidence.of(
                                producer(), side(main().sent(170).deleted(167).stock(3), dead()), consumer(0), 0),
                        "LOST: at least 2",
                        "neither applied, nor in a queue"),
                new Case(
                        "unknown, because the producer is down",
                        Evidence.without(Party.PRODUCER, null, side(main(), dead()), null, 0),
                        "Cannot be known: the producer does not answer, so what was acknowledged to it is unknown.",
                        "does not answer"),
                new Case(
                        "unknown, because the queue is down",
                        Evidence.without(Party.QUEUE, producer(), null, consumer(0), 0),
                        "Cannot be known: the queue does not answer, so what it holds is unknown.",
                        "does not answer"),
                new Case(
                        "unknown, because the consumer's database cannot be read",
                        Evidence.without(Party.CONSUMER, producer(), side(main(), dead()), null, 0),
                        "Cannot be known: the consumer's database cannot be read, so what was applied is unknown.",
                        "cannot be read"),
                new Case(
                        "on a server without a ledger",
                        Evidence.of(producer(), null, consumer(0), 0),
                        "Cannot be known: this server keeps no ledger (Amazon SQS has no ledger; queue-service has one), so what is"
                                + " under way cannot be accounted for.",
                        "no ledger"),
                new Case(
                        "applied, on a server without a ledger",
                        Evidence.of(producer(), null, new ConsumerSide(172, 172, 172, 0), 0),
                        NOTHING_LOST,
                        "every acknowledged event is applied"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatBecameOfTheFive(Case row) {
        Proof proof = Proof.of(row.evidence(), Instant.EPOCH);

        assertThat(proof.sentence()).isEqualTo(row.sentence());
        assertThat(proof.because()).contains(row.because());
        assertThat(proof.balanced()).isEqualTo(balanced(row.sentence()));
        assertThat(proof.lost())
                .isEqualTo(proof.balanced() == null ? null : proof.balanced() ? (Long) 0L : lost(proof));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itsNumbersNeverShowMoreAppliedThanAcknowledged(Case row) {
        Proof proof = Proof.of(row.evidence(), Instant.EPOCH);

        if (proof.acknowledged() != null && proof.applied() != null) {
            assertThat(proof.applied()).isLessThanOrEqualTo(proof.acknowledged());
        }
    }

    @Test
    void itsNumbersAddUpWhileMessagesMove() {
        var moving = new ProducerSide("p", 200, 190, 4);
        var queue = side(
                main().sent(240).deleted(180).movedOut(5).stock(55),
                dead().movedIn(5).stock(5));

        Proof proof = Proof.of(Evidence.of(moving, queue, new ConsumerSide(231, 185, 231, 0), 0), Instant.EPOCH);

        assertThat(proof.acknowledged()).isEqualTo(200);
        assertThat(proof.applied()).isEqualTo(185);
        assertThat(proof.underWay()).isEqualTo(10);
        assertThat(proof.deadLettered()).isEqualTo(5);
    }

    private static @Nullable Boolean balanced(String sentence) {
        return sentence.startsWith("Cannot") ? null : (Boolean) !sentence.startsWith("LOST");
    }

    private static @Nullable Long lost(Proof proof) {
        assertThat(proof.sentence()).startsWith("LOST: at least " + proof.lost());
        return proof.lost();
    }

    private static ProducerSide producer() {
        return new ProducerSide("p", ACKNOWLEDGED, ACKNOWLEDGED, 0);
    }

    private static ConsumerSide consumer(long duplicates) {
        return new ConsumerSide(APPLIED, APPLIED, APPLIED, duplicates);
    }

    private static Evidence settled(Counts main, Counts dead, long deletedByHand, long... fromTo) {
        SortedSet<Long> missing = fromTo.length == 0 ? new TreeSet<>() : sequences(fromTo[0], fromTo[1]);
        return exact(producer(), side(main, dead), consumer(3), deletedByHand, missing);
    }

    private static Evidence exact(
            ProducerSide producer,
            QueueSide queue,
            ConsumerSide consumer,
            long deletedByHand,
            SortedSet<Long> missing) {
        return exact(producer, queue, consumer, deletedByHand, missing, 0);
    }

    private static Evidence exact(
            ProducerSide producer,
            QueueSide queue,
            ConsumerSide consumer,
            long deletedByHand,
            SortedSet<Long> missing,
            long otherDeadLetters) {
        return Evidence.of(producer, queue, consumer, deletedByHand)
                .withMissing(new Missing(missing, otherDeadLetters), queue);
    }

    private static SortedSet<Long> sequences(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    private static QueueSide side(Counts main, Counts dead) {
        return new QueueSide(main.ledger(), dead.ledger(), 0, false, null);
    }

    /** The main queue took all that was acknowledged. */
    private static Counts main() {
        return new Counts(ACKNOWLEDGED, 0, 0, 0, 0, 0, 0);
    }

    private static Counts dead() {
        return new Counts(0, 0, 0, 0, 0, 0, 0);
    }

    /** A ledger, member by member. */
    private record Counts(long sent, long movedIn, long deleted, long movedOut, long expired, long purged, long stock) {
        Counts sent(long n) {
            return new Counts(n, movedIn, deleted, movedOut, expired, purged, stock);
        }

        Counts movedIn(long n) {
            return new Counts(sent, n, deleted, movedOut, expired, purged, stock);
        }

        Counts deleted(long n) {
            return new Counts(sent, movedIn, n, movedOut, expired, purged, stock);
        }

        Counts movedOut(long n) {
            return new Counts(sent, movedIn, deleted, n, expired, purged, stock);
        }

        Counts expired(long n) {
            return new Counts(sent, movedIn, deleted, movedOut, n, purged, stock);
        }

        Counts purged(long n) {
            return new Counts(sent, movedIn, deleted, movedOut, expired, n, stock);
        }

        Counts stock(long n) {
            return new Counts(sent, movedIn, deleted, movedOut, expired, purged, n);
        }

        Ledger ledger() {
            return new Ledger(sent, movedIn, deleted, movedOut, expired, purged, stock);
        }
    }
}
