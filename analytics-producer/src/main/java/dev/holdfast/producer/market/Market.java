package dev.holdfast.producer.market;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How prices move: a mean-reverting random walk per product, promotions that take a whole category down and up again, and
 * restocks that bring a price back towards its mean.
 *
 * <p>Move number n depends on the seed and on n only, never on the clock, so that the same seed gives the same prices whatever the
 * rate, and a market restored from {@link #save()} goes on as if nothing had happened. Not thread-safe.
 */
public final class Market {
    private static final int FORMAT = 1;

    /** How much of its distance to the mean a price loses at each move. */
    private static final double REVERSION = 0.03;

    private static final double RESTOCK_CHANCE = 0.03;
    private static final double RESTOCK_LEAVES = 0.25;

    /** A promotion begins about once in 500 moves and lasts 300 to 1,200: at 20 events/s every 25 seconds, for up to a minute. */
    private static final double PROMOTION_CHANCE = 1 / 500.0;

    private static final int PROMOTION_MIN_MOVES = 300;
    private static final int PROMOTION_MAX_MOVES = 1_200;
    private static final int DISCOUNT_MIN_PERCENT = 10;
    private static final int DISCOUNT_MAX_PERCENT = 35;

    /** How often a price tag that a promotion has to change is taken before any other. */
    private static final double RELABEL_CHANCE = 0.5;

    private final List<Product> products;
    private final long seed;
    private final int categories;

    private long moves;
    /** By product: logarithm of price / mean, last price (0: never priced), discount on its tag, whether the tag is out of date. */
    private final double[] deviation;

    private final long[] lastPriceMinor;
    private final byte[] labelledPercent;
    private int outdatedLabels;
    /** By category: discount and moves left; both 0 without a promotion. */
    private final byte[] discountPercent;

    private final int[] promotionMovesLeft;

    public Market(Catalogue catalogue, long seed) {
        this.products = catalogue.products();
        this.seed = seed;
        this.categories = products.size() / Catalogue.PRODUCTS_PER_CATEGORY;
        deviation = new double[products.size()];
        lastPriceMinor = new long[products.size()];
        labelledPercent = new byte[products.size()];
        discountPercent = new byte[categories];
        promotionMovesLeft = new int[categories];
    }

    public PriceMove next() {
        var random = new SplittableRandom(seed ^ (++moves * 0x9E3779B97F4A7C15L));
        movePromotions(random);
        boolean relabel = outdatedLabels > 0 && random.nextDouble() < RELABEL_CHANCE;
        int product = relabel ? firstOutdatedLabel() : popular(random);
        return move(product, random);
    }

    private void movePromotions(SplittableRandom random) {
        for (int category = 0; category < categories; category++) {
            if (promotionMovesLeft[category] > 0 && --promotionMovesLeft[category] == 0) {
                discountPercent[category] = 0;
                countOutdatedLabels();
            }
        }
        if (random.nextDouble() < PROMOTION_CHANCE) {
            int category = random.nextInt(categories);
            if (promotionMovesLeft[category] == 0) {
                promotionMovesLeft[category] = random.nextInt(PROMOTION_MIN_MOVES, PROMOTION_MAX_MOVES + 1);
                discountPercent[category] = (byte) random.nextInt(DISCOUNT_MIN_PERCENT, DISCOUNT_MAX_PERCENT + 1);
                countOutdatedLabels();
            }
        }
    }

    private PriceMove move(int index, SplittableRandom random) {
        Product product = products.get(index);
        Reason reason = reason(index, random);
        deviation[index] = switch (reason) {
            case MARKET -> deviation[index] * (1 - REVERSION) + product.volatility() * bell(random);
            case RESTOCK -> deviation[index] * RESTOCK_LEAVES;
            case PROMOTION_START, PROMOTION_END -> deviation[index];
        };
        byte discount = discountPercent[category(index)];
        if (labelledPercent[index] != discount) {
            labelledPercent[index] = discount;
            outdatedLabels--;
        }
        long previous = lastPriceMinor[index];
        long price = Math.max(
                1, Math.round(product.basePriceMinor() * StrictMath.exp(deviation[index]) * (100 - discount) / 100));
        if (price == previous) { // Rounding swallowed the move; an event that changes nothing would be none.
            price = random.nextBoolean() || price == 1 ? price + 1 : price - 1;
        }
        lastPriceMinor[index] = price;
        return new PriceMove(product, previous == 0 ? price : previous, price, reason);
    }

    private Reason reason(int index, SplittableRandom random) {
        byte discount = discountPercent[category(index)];
        if (labelledPercent[index] != discount) {
            return discount == 0 ? Reason.PROMOTION_END : Reason.PROMOTION_START;
        }
        return random.nextDouble() < RESTOCK_CHANCE ? Reason.RESTOCK : Reason.MARKET;
    }

    /** Squared, so that some products move often and many seldom; multiplied by a prime, so that the popular ones are in all categories. */
    private int popular(SplittableRandom random) {
        double chance = random.nextDouble();
        int rank = (int) (chance * chance * products.size());
        return (int) ((rank * 7_919L) % products.size());
    }

    private int firstOutdatedLabel() {
        for (int index = 0; index < products.size(); index++) {
            if (labelledPercent[index] != discountPercent[category(index)]) {
                return index;
            }
        }
        throw new IllegalStateException("no label is out of date, but outdatedLabels=" + outdatedLabels);
    }

    private void countOutdatedLabels() {
        outdatedLabels = 0;
        for (int index = 0; index < products.size(); index++) {
            if (labelledPercent[index] != discountPercent[category(index)]) {
                outdatedLabels++;
            }
        }
    }

    private static int category(int product) {
        return product / Catalogue.PRODUCTS_PER_CATEGORY;
    }

    /** Nearly a normal distribution with deviation 1, from sums only: exact on every machine, unlike logarithms. */
    private static double bell(SplittableRandom random) {
        double sum = random.nextDouble() + random.nextDouble() + random.nextDouble() + random.nextDouble();
        return (sum - 2) * 1.7320508075688772;
    }

    /** The whole state, about 5 KB, for {@link #restore}. */
    public byte[] save() {
        var bytes = new ByteArrayOutputStream(17 * products.size() + 128);
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeLong(seed);
            out.writeLong(moves);
            out.writeInt(products.size());
            for (int index = 0; index < products.size(); index++) {
                out.writeDouble(deviation[index]);
                out.writeLong(lastPriceMinor[index]);
                out.writeByte(labelledPercent[index]);
            }
            for (int category = 0; category < categories; category++) {
                out.writeByte(discountPercent[category]);
                out.writeInt(promotionMovesLeft[category]);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Goes on from a saved state; false, and nothing changed, where that belongs to another seed or catalogue. */
    public boolean restore(byte[] saved) {
        try (var in = new DataInputStream(new ByteArrayInputStream(saved))) {
            if (in.readInt() != FORMAT || in.readLong() != seed) {
                return false;
            }
            long savedMoves = in.readLong();
            if (in.readInt() != products.size()) {
                return false;
            }
            moves = savedMoves;
            for (int index = 0; index < products.size(); index++) {
                deviation[index] = in.readDouble();
                lastPriceMinor[index] = in.readLong();
                labelledPercent[index] = in.readByte();
            }
            for (int category = 0; category < categories; category++) {
                discountPercent[category] = in.readByte();
                promotionMovesLeft[category] = in.readInt();
            }
            countOutdatedLabels();
            return true;
        } catch (IOException truncated) {
            throw new IllegalStateException("the saved market is cut short: " + saved.length + " bytes", truncated);
        }
    }
}
