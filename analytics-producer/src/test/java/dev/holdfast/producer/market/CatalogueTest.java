package dev.holdfast.producer.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Currency;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private static final Currency USD = Currency.getInstance("USD");

    @Test
    void hasTwoHundredProductsInEightCategories() {
        var products = Catalogue.of(42, USD).products();

        assertThat(products).hasSizeGreaterThanOrEqualTo(200);
        assertThat(products.stream().map(Product::category).distinct()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(products).extracting(Product::name).doesNotHaveDuplicates();
        assertThat(products).extracting(Product::sku).doesNotHaveDuplicates();
        assertThat(products).allMatch(product -> product.basePriceMinor() >= 100);
    }

    @Test
    void comesFromItsSeed() {
        assertThat(Catalogue.of(42, USD)).isEqualTo(Catalogue.of(42, USD)).isNotEqualTo(Catalogue.of(43, USD));
    }

    @Test
    void countsInTheMinorUnitsOfItsCurrency() {
        var yen = Catalogue.of(42, Currency.getInstance("JPY")).products();

        assertThat(yen).allMatch(product -> product.basePriceMinor() % 100 == 0);
    }
}
