package dev.weir.load.report;

import dev.weir.load.run.Outcome;
import dev.weir.load.run.Second;

/** A row for each second; latencies in microseconds. */
public final class CsvReport {
    private static final double NS_PER_US = 1e3;

    private CsvReport() {}

    public static String of(Outcome outcome) {
        StringBuilder text = new StringBuilder(
                "start_s,length_s,warmup,wanted,requests,requests_per_s,errors,connections,bytes_received,bytes_sent,mean_us");
        for (double percentile : Second.PERCENTILES) {
            text.append(",p").append(JsonReport.trimmed(percentile)).append("_us");
        }
        text.append(",max_us\n");
        outcome.seconds.forEach(second -> row(text, second));
        return text.toString();
    }

    private static void row(StringBuilder text, Second second) {
        text.append(Figures.format(
                "%.3f,%.3f,%d,%s,%d,%.3f,%d,%d,%d,%d,%.3f",
                second.startNs() / 1e9,
                second.lengthNs() / 1e9,
                second.isWarmup() ? 1 : 0,
                Double.isNaN(second.wanted()) ? "" : Figures.format("%.3f", second.wanted()),
                second.requests(),
                second.rate(),
                second.errors(),
                second.connections(),
                second.bytesReceived(),
                second.bytesSent(),
                second.meanNs() / NS_PER_US));
        for (long ns : second.latency()) {
            text.append(Figures.format(",%.3f", ns / NS_PER_US));
        }
        text.append('\n');
    }
}
