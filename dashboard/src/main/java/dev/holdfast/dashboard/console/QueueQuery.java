package dev.holdfast.dashboard.console;

import dev.holdfast.dashboard.page.Links;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the list of queues is asked for, as it stands in the address bar.
 *
 * @param filter part of a name; empty for all
 * @param warned only queues that an operator should look at
 * @param page from 1
 */
public record QueueQuery(String filter, boolean warned, Order order, boolean descending, int page) {
    static final int ROWS = 50;

    /** A column to sort by; of equals the name decides. */
    public enum Order {
        NAME("name"),
        WAITING("waiting"),
        IN_FLIGHT("inFlight"),
        DELAYED("delayed"),
        OLDEST("oldest"),
        CREATED("created");

        private final String word;

        Order(String word) {
            this.word = word;
        }

        Comparator<QueueRow> comparator(boolean descending) {
            Comparator<QueueRow> byColumn = switch (this) {
                case NAME -> by(QueueRow::name, descending);
                case WAITING -> by(QueueRow::waiting, descending);
                case IN_FLIGHT -> by(QueueRow::inFlight, descending);
                case DELAYED -> by(QueueRow::delayed, descending);
                case OLDEST -> by(QueueRow::oldestAgeSeconds, descending);
                case CREATED -> by(QueueRow::createdAt, descending);
            };
            return byColumn.thenComparing(QueueRow::name);
        }

        /** What is not known comes last, whichever way. */
        private static <T extends Comparable<? super T>> Comparator<QueueRow> by(
                Function<QueueRow, @Nullable T> column, boolean descending) {
            Comparator<T> values = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
            return Comparator.comparing(column, Comparator.nullsLast(values));
        }

        static Order of(String word) {
            return Arrays.stream(values())
                    .filter(order -> order.word.equals(word))
                    .findFirst()
                    .orElse(NAME);
        }
    }

    /** Reads the address; what makes no sense there is as if it was not given. */
    static QueueQuery of(Map<String, String> query) {
        Order order = Order.of(query.getOrDefault("sort", ""));
        return new QueueQuery(
                query.getOrDefault("filter", query.getOrDefault("prefix", "")).strip(),
                query.getOrDefault("warned", "").equals("true"),
                order,
                query.getOrDefault("order", "").equals("desc"),
                number(query.getOrDefault("page", "1")));
    }

    private static int number(String text) {
        return text.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(text) : 1;
    }

    boolean wants(QueueRow row) {
        return row.name().toLowerCase(Locale.ROOT).contains(filter.toLowerCase(Locale.ROOT))
                && (!warned || !row.warning().isEmpty());
    }

    /** The last page where this one is beyond it. */
    QueueQuery within(int rows) {
        return at(Math.max(1, Math.min(page, pages(rows))));
    }

    static int pages(int rows) {
        return (rows + ROWS - 1) / ROWS;
    }

    private QueueQuery at(int otherPage) {
        return new QueueQuery(filter, warned, order, descending, otherPage);
    }

    public String sort() {
        return order.word;
    }

    /** The same list on another page. */
    public String pageLink(int otherPage) {
        return at(otherPage).link();
    }

    /** The same list by another column; by this one the other way round. Numbers begin with the largest. */
    public String sortLink(String column) {
        Order by = Order.of(column);
        boolean largestFirst = by == order ? !descending : by != Order.NAME;
        return new QueueQuery(filter, warned, by, largestFirst, 1).link();
    }

    /** As {@code aria-sort} has it. */
    public String direction(String column) {
        return !column.equals(order.word) ? "none" : descending ? "descending" : "ascending";
    }

    public String warnedLink() {
        return new QueueQuery("", true, order, descending, 1).link();
    }

    String link() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("filter", filter);
        query.put("warned", warned ? "true" : "");
        query.put("sort", order == Order.NAME ? "" : order.word);
        query.put("order", descending ? "desc" : "");
        query.put("page", page == 1 ? "" : Integer.toString(page));
        return Links.of("/queues", query);
    }
}
