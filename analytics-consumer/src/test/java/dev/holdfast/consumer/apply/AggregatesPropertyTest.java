package dev.holdfast.consumer.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.consumer.Events;
import dev.holdfast.consumer.TestDatabase;
import dev.holdfast.consumer.event.PriceEvent;
import dev.holdfast.consumer.retention.Compaction;
import dev.holdfast.consumer.retention.RetentionConfig;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any order, any duplication, any batching, with or without compaction: the same aggregates, and those are right. */
class AggregatesPropertyTest {
    private static final int SEEDS = 6;

    /** Names instead of numbers, which do depend on the order. */
    private static final String AGGREGATES = """
            select a.span, s.kind, s.subject_key, s.currency, s.product_name, s.category, a.starts_at,
                   a.event_count, a.sum_minor, a.sum_squares,
                   a.first_at, f.producer_id, a.first_sequence, a.first_price_minor,
                   a.last_at, l.producer_id, a.last_sequence, a.last_price_minor,
                   a.min_price_minor, a.max_price_minor, a.mean_minor, a.standard_deviation_minor
              from aggregate a
              join subject s using (subject_no)
              join producer f on f.producer_no = a.first_producer_no
              join producer l on l.producer_no = a.last_producer_no
             where a.span <> 'behind'
             order by 1, 2, 3, 4, 7
            """;

    @TempDir
    Path folder;

    @Test
    void anyOrderDuplicationAndBatchingGivesTheSameAggregates() throws Exception {
        for (int i = 0; i < SEEDS; i++) {
            long seed = System.nanoTime();
            SplittableRandom random = new SplittableRandom(seed);
            List<PriceEvent> events = Events.several(1 + random.nextInt(150), random);

            List<String> inOrder = apply(folder.resolve("a" + i), events, random, false);
            List<String> shuffled = apply(folder.resolve("b" + i), disturbed(events, random), random, false);
            List<String> compacted = apply(folder.resolve("c" + i), disturbed(events, random), random, true);

            assertThat(shuffled).as("seed %d", seed).isEqualTo(inOrder);
            assertThat(compacted).as("seed %d, compacted", seed).isEqualTo(inOrder);
        }
    }

    @Test
    void aggregatesAreWhatASecondReckoningSays() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<PriceEvent> events = Events.several(300, random);
        Map<String, List<PriceEvent>> byProduct = events.stream()
                .collect(Collectors.groupingBy(e -> e.sku() + "|" + e.currency(), TreeMap::new, Collectors.toList()));
        try (TestDatabase database = new TestDatabase(folder.resolve("model"))) {
            database.apply(disturbed(events, random));

            for (Map.Entry<String, List<PriceEvent>> product : byProduct.entrySet()) {
                String stored = database.rows("""
                                select s.subject_key, s.currency, a.event_count, a.sum_minor, a.sum_squares,
                                       a.first_price_minor, a.last_price_minor, a.min_price_minor, a.max_price_minor
                                  from aggregate a join subject s using (subject_no)
                                 where a.span = 'all' and s.kind = 'product'
                                """).stream()
                        .filter(row -> row.startsWith(product.getKey()))
                        .findFirst()
                        .orElseThrow();
                assertThat(stored).as("seed %d", seed).isEqualTo(reckoned(product.getKey(), product.getValue()));
                double deviation = Double.parseDouble(
                        database
                                .rows("select standard_deviation_minor, sku || '|' || currency from product_summary")
                                .stream()
                                .filter(row -> row.endsWith("|" + product.getKey() + "|"))
                                .findFirst()
                                .orElseThrow()
                                .split("\\|", -1)[0]);
                assertThat(deviation).as("seed %d", seed).isCloseTo(deviation(product.getValue()), within(1e-9));
            }
        }
    }

    private static Offset<Double> within(double part) {
        return Offset.offset(part * PriceEvent.MAX_PRICE_MINOR);
    }

    private static String reckoned(String name, List<PriceEvent> events) {
        List<PriceEvent> ordered = events.stream()
                .sorted(Comparator.comparingLong(PriceEvent::occurredAtMillis)
                        .thenComparing(e -> e.identity().producerId().toString())
                        .thenComparingLong(e -> e.identity().sequence()))
                .toList();
        BigInteger sum = BigInteger.ZERO;
        BigInteger squares = BigInteger.ZERO;
        for (PriceEvent event : events) {
            BigInteger price = BigInteger.valueOf(event.priceMinor());
            sum = sum.add(price);
            squares = squares.add(price.pow(2));
        }
        return String.join(
                        "|",
                        name,
                        "" + events.size(),
                        sum.toString(),
                        squares.toString(),
                        "" + ordered.getFirst().priceMinor(),
                        "" + ordered.getLast().priceMinor(),
                        ""
                                + events.stream()
                                        .mapToLong(PriceEvent::priceMinor)
                                        .min()
                                        .orElseThrow(),
                        ""
                                + events.stream()
                                        .mapToLong(PriceEvent::priceMinor)
                                        .max()
                                        .orElseThrow())
                + "|";
    }

    /** By its definition, in decimals: the root of the mean square of the distances from the mean. */
    private static double deviation(List<PriceEvent> events) {
        BigDecimal count = BigDecimal.valueOf(events.size());
        BigDecimal mean = events.stream()
                .map(e -> BigDecimal.valueOf(e.priceMinor()))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(count, MathContext.DECIMAL128);
        return events.stream()
                .map(e -> BigDecimal.valueOf(e.priceMinor()).subtract(mean).pow(2))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(count, MathContext.DECIMAL128)
                .sqrt(MathContext.DECIMAL128)
                .doubleValue();
    }

    private static List<String> apply(Path file, List<PriceEvent> events, SplittableRandom random, boolean compact)
            throws Exception {
        try (TestDatabase database = new TestDatabase(file);
                TestDatabase another = new TestDatabase(file)) {
            Compaction compaction = new Compaction(
                    database.database(), new Keep(5), () -> Instant.ofEpochMilli(Events.EPOCH + 100_000_000));
            int from = 0;
            while (from < events.size()) {
                int to = Math.min(events.size(), from + 1 + random.nextInt(30));
                // Two consumers on one file take turns, and a transaction fails now and then: neither may trust what it
                // remembers.
                TestDatabase next = random.nextBoolean() ? database : another;
                if (random.nextInt(4) == 0) {
                    next.applyInVain(events.subList(from, to));
                }
                next.apply(events.subList(from, to));
                from = to;
                if (compact) {
                    compaction.pass();
                    assertThat(database.number("select kept_events from progress"))
                            .isLessThanOrEqualTo(5);
                }
            }
            assertThat(database.number("select applied from progress"))
                    .isEqualTo(
                            events.stream().map(PriceEvent::identity).distinct().count());
            return database.rows(AGGREGATES);
        }
    }

    private static List<PriceEvent> disturbed(List<PriceEvent> events, SplittableRandom random) {
        List<PriceEvent> disturbed = new ArrayList<>(events);
        for (int i = random.nextInt(1 + events.size()); i > 0; i--) {
            disturbed.add(events.get(random.nextInt(events.size())));
        }
        Collections.shuffle(disturbed, new Random(random.nextLong()));
        return disturbed;
    }

    /** Windows that only the number of events can fill. */
    private record Keep(long events) implements RetentionConfig {
        @Override
        public Duration age() {
            return Duration.ofDays(1000);
        }

        @Override
        public Duration minutes() {
            return Duration.ofDays(1000);
        }

        @Override
        public Duration hours() {
            return Duration.ofDays(1000);
        }
    }
}
