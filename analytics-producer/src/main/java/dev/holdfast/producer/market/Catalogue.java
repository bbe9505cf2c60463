package dev.holdfast.producer.market;

import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What is for sale: 24 products in each of 11 categories.
 *
 * @param products in the order of their categories
 */
public record Catalogue(List<Product> products) {
    static final int PRODUCTS_PER_CATEGORY = 24;

    /** The same seed and the same currency give the same products, on every machine. */
    public static Catalogue of(long seed, Currency currency) {
        var random = new SplittableRandom(seed);
        long minorUnits = Math.round(Math.pow(10, Math.max(0, currency.getDefaultFractionDigits())));
        var products = new ArrayList<Product>();
        for (Assortment assortment : Assortment.values()) {
            int number = 0;
            for (String name : names(assortment, random)) {
                products.add(new Product(
                        "%s-%04d".formatted(skuPrefix(assortment), ++number),
                        name,
                        assortment.category,
                        basePriceMinor(assortment, minorUnits, random),
                        random.nextDouble(0.003, 0.02)));
            }
        }
        return new Catalogue(List.copyOf(products));
    }

    private static LinkedHashSet<String> names(Assortment assortment, SplittableRandom random) {
        var names = new LinkedHashSet<String>();
        while (names.size() < PRODUCTS_PER_CATEGORY) {
            names.add(any(assortment.brands, random) + " " + any(assortment.things, random) + " "
                    + any(assortment.variants, random));
        }
        return names;
    }

    private static String any(List<String> words, SplittableRandom random) {
        return words.get(random.nextInt(words.size()));
    }

    private static String skuPrefix(Assortment assortment) {
        return assortment.name().substring(0, 3);
    }

    /** Spread evenly over the orders of magnitude, because a shop has more cheap things than dear ones; ends in 99 as shop prices do. */
    private static long basePriceMinor(Assortment assortment, long minorUnits, SplittableRandom random) {
        double ratio = (double) assortment.highestPrice / assortment.lowestPrice;
        long units = (long) (assortment.lowestPrice * StrictMath.pow(ratio, random.nextDouble()));
        return minorUnits == 1 ? units * 100 : units * minorUnits + minorUnits - 1;
    }
}
