package dev.weir.bench.judge;

import dev.weir.report.data.Figure;
import java.util.EnumMap;

/** Reads what wrk prints. */
final class WrkOutput {
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double MICROS_PER_MILLI = 1e3;
    private static final int MAX_COLUMN = 3;

    private WrkOutput() {}

    static Judgement parse(String text) {
        EnumMap<Figure, Double> latencies = new EnumMap<>(Figure.class);
        StringBuilder errors = new StringBuilder();
        for (String line : text.lines().map(String::strip).toList()) {
            String[] words = line.split(" +");
            switch (words[0]) {
                case "50%" -> latencies.put(Figure.P50, micros(words[1]));
                case "75%" -> latencies.put(Figure.P75, micros(words[1]));
                case "90%" -> latencies.put(Figure.P90, micros(words[1]));
                case "99%" -> latencies.put(Figure.P99, micros(words[1]));
                case "Latency" -> summary(words, latencies);
                case "Socket", "Non-2xx" ->
                    errors.append(errors.isEmpty() ? "" : "; ").append(line);
                default -> {}
            }
        }
        return new Judgement(latencies, null, errors.toString());
    }

    /** Average and maximum; the other line that begins with this word is a title. */
    private static void summary(String[] words, EnumMap<Figure, Double> latencies) {
        if (words.length > MAX_COLUMN && Character.isDigit(words[1].charAt(0))) {
            latencies.put(Figure.MEAN, micros(words[1]));
            latencies.put(Figure.MAX, micros(words[MAX_COLUMN]));
        }
    }

    private static double micros(String text) {
        if (text.endsWith("us")) {
            return Double.parseDouble(text.substring(0, text.length() - 2));
        }
        if (text.endsWith("ms")) {
            return Double.parseDouble(text.substring(0, text.length() - 2)) * MICROS_PER_MILLI;
        }
        return Double.parseDouble(text.substring(0, text.length() - 1)) * MICROS_PER_SECOND;
    }
}
