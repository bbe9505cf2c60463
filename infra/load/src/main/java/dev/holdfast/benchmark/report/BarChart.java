package dev.holdfast.benchmark.report;

import dev.holdfast.benchmark.scenario.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.BiFunction;

/** A horizontal bar chart as SVG: one group a scenario, one bar a server, each with its number. */
final class BarChart {
    private static final int WIDTH = 900;
    private static final int LEFT = 170;
    private static final int RIGHT = 120;
    private static final int TOP = 70;
    private static final int BAR = 16;
    private static final int GAP = 14;

    /** Distinguishable also without colour vision (Okabe and Ito's set), in a fixed order of servers. */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#e69f00", "#d55e00", "#009e73", "#56b4e9", "#cc79a7", "#666666");

    private BarChart() {}

    /** Draws what {@code value} knows for each scenario and server; what it does not know is left out. */
    static String svg(
            String title,
            List<String> scenarios,
            List<String> servers,
            BiFunction<String, String, OptionalDouble> value) {
        double max = 0;
        for (String scenario : scenarios) {
            for (String server : servers) {
                max = Math.max(max, value.apply(scenario, server).orElse(0));
            }
        }
        StringBuilder bars = new StringBuilder();
        int y = TOP;
        for (String scenario : scenarios) {
            int top = y;
            for (int i = 0; i < servers.size(); i++) {
                OptionalDouble length = value.apply(scenario, servers.get(i));
                if (length.isPresent()) {
                    bars.append(bar(y, length.getAsDouble(), max, COLOURS.get(i % COLOURS.size())));
                    y += BAR;
                }
            }
            bars.append(text(LEFT - 8, (top + y) / 2 + 4, "end", scenario));
            y += GAP;
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" \
                font-family="system-ui, sans-serif" font-size="12">
                <title>%s</title>
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                %s%s%s</svg>
                """.formatted(
                        WIDTH,
                        y,
                        WIDTH,
                        y,
                        escaped(title),
                        "<text x=\"16\" y=\"26\" font-size=\"16\" font-weight=\"600\">" + escaped(title) + "</text>\n",
                        legend(servers),
                        bars);
    }

    private static String legend(List<String> servers) {
        StringBuilder legend = new StringBuilder();
        int x = 16;
        for (int i = 0; i < servers.size(); i++) {
            legend.append("<rect x=\"%d\" y=\"40\" width=\"12\" height=\"12\" fill=\"%s\"/>%n"
                            .formatted(x, COLOURS.get(i % COLOURS.size())))
                    .append(text(x + 17, 51, "start", servers.get(i)));
            x += 40 + servers.get(i).length() * 8;
        }
        return legend.toString();
    }

    private static String bar(int y, double value, double max, String colour) {
        double width = max > 0 ? value / max * (WIDTH - LEFT - RIGHT) : 0;
        return String.format(
                        Locale.ROOT,
                        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                        LEFT,
                        y,
                        Math.max(1, width),
                        BAR - 2,
                        colour)
                + text((int) (LEFT + width) + 5, y + BAR - 5, "start", Numbers.rounded(value));
    }

    private static String text(int x, int y, String anchor, String content) {
        return "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n".formatted(x, y, anchor, escaped(content));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
