package io.crossfoot.benchmark;

import java.util.List;
import java.util.Locale;

/** Results as bars: the median of the wall time, with a line from the least to the most. */
record ResultChart(BenchmarkData data, List<Result> results) {
    private static final int WIDTH = 760;
    private static final int LEFT = 170;
    private static final int RIGHT = 90;
    private static final int TOP = 44;
    private static final int PITCH = 32;
    private static final int BAR = 22;

    String svg() {
        String title =
                format("Seconds for %,d sales (%s)", data.rows(), data.shape().word());
        StringBuilder svg = new StringBuilder(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"sans-serif\""
                        + " font-size=\"14\" fill=\"#1b1f24\">%n<title>%s</title>%n<rect width=\"100%%\" height=\"100%%\""
                        + " fill=\"#fff\"/>%n<text x=\"12\" y=\"26\" font-weight=\"bold\">%3$s</text>%n",
                WIDTH, TOP + results.size() * PITCH, title));
        for (int i = 0; i < results.size(); i++) {
            svg.append(bar(results.get(i), TOP + i * PITCH));
        }
        return svg.append("</svg>\n").toString();
    }

    private String bar(Result result, int y) {
        double[] spread = result.spread(Measured::wallSeconds);
        double seconds = result.median(Measured::wallSeconds);
        String color = result.name().startsWith("crossfoot") ? "#1f6feb" : "#8c959f";
        int middle = y + BAR / 2;
        return format("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n", LEFT - 10, y + 16, result.name())
                + format(
                        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                        LEFT, y, at(seconds) - LEFT, BAR, color)
                + format(
                        "<path d=\"M%.1f %dH%.1f\" stroke=\"#1b1f24\" stroke-width=\"2\"/>%n",
                        at(spread[0]), middle, at(spread[1]))
                + format("<text x=\"%.1f\" y=\"%d\">%.1f</text>%n", at(spread[1]) + 8, y + 16, seconds);
    }

    private double at(double seconds) {
        double most = results.stream()
                .mapToDouble(result -> result.spread(Measured::wallSeconds)[1])
                .max()
                .orElseThrow();
        return LEFT + (WIDTH - LEFT - RIGHT) * seconds / most;
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
