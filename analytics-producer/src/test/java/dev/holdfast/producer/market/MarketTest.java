package dev.holdfast.producer.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MarketTest {
    private static final Catalogue CATALOGUE = Catalogue.of(42, Currency.getInstance("USD"));

    @Test
    void sameSeedGivesSamePrices() {
        assertThat(moves(new Market(CATALOGUE, 42), 5_000)).isEqualTo(moves(new Market(CATALOGUE, 42), 5_000));
        assertThat(moves(new Market(CATALOGUE, 42), 50)).isNotEqualTo(moves(new Market(CATALOGUE, 43), 50));
    }

    @Test
    void restoredMarketGoesOnAsIfNothingHadHappened() {
        var original = new Market(CATALOGUE, 7);
        moves(original, 3_210);

        var restored = new Market(CATALOGUE, 7);
        boolean taken = restored.restore(original.save());

        assertThat(taken).isTrue();
        assertThat(moves(restored, 3_000)).isEqualTo(moves(original, 3_000));
    }

    @Test
    void stateOfAnotherSeedIsNotTaken() {
        byte[] saved = new Market(CATALOGUE, 7).save();

        assertThat(new Market(CATALOGUE, 8).restore(saved)).isFalse();
    }

    @Test
    void eachMoveStartsWhereTheLastOneOfItsProductEnded() {
        Map<String, Long> last = new HashMap<>();
        for (PriceMove move : moves(new Market(CATALOGUE, 42), 20_000)) {
            Long before = last.put(move.product().sku(), move.priceMinor());
            assertThat(move.priceMinor()).isPositive();
            assertThat(move.previousPriceMinor()).isEqualTo(before == null ? move.priceMinor() : before);
            assertThat(before == null || before != move.priceMinor())
                    .as("an event changes something")
                    .isTrue();
        }
        assertThat(last).hasSameSizeAs(CATALOGUE.products());
    }

    @Test
    void pricesReturnToTheirMeanAndAllReasonsOccur() {
        var reasons = EnumSet.noneOf(Reason.class);
        for (PriceMove move : moves(new Market(CATALOGUE, 42), 50_000)) {
            reasons.add(move.reason());
            double ratio = (double) move.priceMinor() / move.product().basePriceMinor();
            assertThat(ratio).as("%s", move).isBetween(0.4, 1.7);
        }
        assertThat(reasons).containsExactlyInAnyOrder(Reason.values());
    }

    @Test
    void promotionTakesACategoryDownAndUpAgain() {
        Map<String, Long> starts = new HashMap<>();
        Map<String, Long> ends = new HashMap<>();
        for (PriceMove move : moves(new Market(CATALOGUE, 42), 50_000)) {
            if (move.reason() == Reason.PROMOTION_START && move.previousPriceMinor() != move.priceMinor()) {
                starts.merge(move.product().category(), 1L, Long::sum);
            }
            if (move.reason() == Reason.PROMOTION_END) {
                assertThat(move.priceMinor()).isGreaterThan(move.previousPriceMinor());
                ends.merge(move.product().category(), 1L, Long::sum);
            }
        }
        assertThat(starts).hasSizeGreaterThan(5);
        assertThat(ends.keySet()).isSubsetOf(starts.keySet()).hasSizeGreaterThan(5);
    }

    private static List<PriceMove> moves(Market market, int count) {
        return Stream.generate(market::next).limit(count).toList();
    }
}
