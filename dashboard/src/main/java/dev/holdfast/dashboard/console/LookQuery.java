package dev.holdfast.dashboard.console;

import dev.holdfast.dashboard.page.Links;
import dev.holdfast.dashboard.sqs.OperatorApi;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which messages of a queue a page shows, as it stands in the address bar.
 *
 * @param state waiting, delayed or inFlight; empty for all
 * @param search what a message contains; empty for all
 * @param after token of the page before; empty for the oldest messages
 * @param before token of the page after this one; empty unless the pages are turned back
 */
public record LookQuery(String queue, String state, String search, String after, String before) {
    static final int ROWS = 50;

    /** Enough of a body to tell it from others. */
    static final int SHOWN_CHARS = 200;

    /** More than anybody types; the rest is left out. */
    private static final int SEARCH_CHARS = 200;

    /** Reads the address; what makes no sense there is as if it was not given. */
    static LookQuery of(String queue, Map<String, String> query) {
        String state = query.getOrDefault("state", "");
        return new LookQuery(
                queue,
                state.matches("waiting|delayed|inFlight") ? state : "",
                cut(query.getOrDefault("search", "")),
                token(query.getOrDefault("after", "")),
                token(query.getOrDefault("before", "")));
    }

    private static String cut(String words) {
        return words.length() <= SEARCH_CHARS ? words : words.substring(0, SEARCH_CHARS);
    }

    private static String token(String text) {
        return text.matches("[0-9]{1,18}") ? text : "";
    }

    /** The same question for the operator's API. */
    String operatorPath() {
        return operatorPath(ROWS) + "&chars=" + SHOWN_CHARS;
    }

    /** With whole bodies. */
    String operatorPath(int limit) {
        Map<String, String> query = members();
        query.put("limit", Integer.toString(limit));
        return Links.of("queues/" + OperatorApi.encode(queue) + "/messages", query);
    }

    private Map<String, String> members() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("state", state);
        query.put("search", search);
        query.put("after", after);
        query.put("before", before);
        return query;
    }

    LookQuery nextPage(String token) {
        return new LookQuery(queue, state, search, token, "");
    }

    LookQuery previousPage(String token) {
        return new LookQuery(queue, state, search, "", token);
    }

    public boolean isFiltered() {
        return !state.isEmpty() || !search.isEmpty();
    }

    /** Whether this is where a queue's page begins. */
    public boolean isFirstPage() {
        return after.isEmpty() && before.isEmpty();
    }

    /** The page of the queue that shows these. */
    public String link() {
        return Links.of("/queues/" + Links.encoded(queue), members());
    }

    /** All of them as a file, from the first page on. */
    public String linesLink() {
        return Links.of(
                "/api/queues/" + Links.encoded(queue) + "/lines",
                new LookQuery(queue, state, search, "", "").members());
    }
}
