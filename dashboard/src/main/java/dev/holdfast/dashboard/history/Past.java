package dev.holdfast.dashboard.history;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What charts show of a range: a bucket for each {@code at}, by column, oldest first, and what happened meanwhile.
 *
 * @param step seconds in a bucket
 * @param at epoch seconds at which each bucket begins
 * @param columns as many values each; null where nothing was known
 */
public record Past(int step, List<Long> at, Map<String, List<@Nullable Double>> columns, List<Mark> marks) {}
