package dev.weir.load.report;

import dev.weir.load.plan.Job;
import dev.weir.load.plan.Plan;
import dev.weir.load.run.ErrorKind;
import dev.weir.load.run.Outcome;
import dev.weir.load.run.Tally;
import org.HdrHistogram.Histogram;

/** The block that wrk prints, line by line as wrk prints it: scripts that read wrk's output read this. */
final class WrkText {
    private WrkText() {}

    /** What is known before the run. */
    static String opening(Plan plan) {
        String running = plan.durationNs == Long.MAX_VALUE
                ? Figures.format("Running %d requests @ %s%n", plan.requests, plan.title)
                : Figures.format("Running %s test @ %s%n", Figures.wholeTime(plan.durationNs), plan.title);
        return running + Figures.format("  %d threads and %d connections%n", plan.loops, plan.connections);
    }

    /** The rest. */
    static String result(Outcome outcome) {
        StringBuilder text = new StringBuilder();
        Tally total = outcome.total;
        text.append(Figures.format("  Thread Stats   Avg      Stdev     Max   +/- Stdev%n"));
        text.append(latencyLine(total.latency));
        text.append(rateLine(outcome));
        boolean sendsBulk = sendsBulk(outcome.plan);
        text.append(Figures.format(
                "  %d requests in %s, %s %s%n",
                total.requests,
                Figures.time(outcome.elapsedNs),
                Figures.bytes(sendsBulk ? total.bytesSent : total.bytesReceived),
                sendsBulk ? "written" : "read"));
        text.append(errorLines(total));
        double bytes = sendsBulk ? total.bytesSent : total.bytesReceived;
        text.append(Figures.format("Requests/sec: %9.2f%n", outcome.rate()));
        text.append(Figures.format(
                "Transfer/sec: %10s%n", Figures.bytes(outcome.elapsedNs == 0 ? 0 : bytes * 1e9 / outcome.elapsedNs)));
        return text.toString();
    }

    /** Whether the bytes that matter go to the server. */
    private static boolean sendsBulk(Plan plan) {
        return plan.targets.stream()
                .allMatch(target -> target.jobs().stream().allMatch(job -> job instanceof Job.Sink));
    }

    private static String latencyLine(Histogram latency) {
        if (latency.getTotalCount() == 0) {
            return line("Latency", "-nan", "-nan", "-nan", 0);
        }
        double mean = latency.getMean();
        double deviation = latency.getStdDeviation();
        return line(
                "Latency",
                Figures.time(mean),
                Figures.time(deviation),
                Figures.time(latency.getMaxValue()),
                partWithin(latency, mean, deviation));
    }

    private static double partWithin(Histogram latency, double mean, double deviation) {
        long low = (long) Math.max(0, mean - deviation);
        long high = (long) Math.min(Tally.TIME_NS_MAX, mean + deviation);
        return 100.0 * latency.getCountBetweenValues(low, high) / latency.getTotalCount();
    }

    private static String rateLine(Outcome outcome) {
        double[] rates =
                outcome.loopRates.stream().mapToDouble(Double::doubleValue).toArray();
        if (rates.length == 0) {
            rates = new double[] {outcome.rate() / outcome.plan.loops};
        }
        double sum = 0;
        double max = 0;
        for (double rate : rates) {
            sum += rate;
            max = Math.max(max, rate);
        }
        double mean = sum / rates.length;
        double deviation = deviation(rates, mean);
        int within = 0;
        for (double rate : rates) {
            within += Math.abs(rate - mean) <= deviation ? 1 : 0;
        }
        return line(
                "Req/Sec",
                Figures.metric(mean),
                Figures.metric(deviation),
                Figures.metric(max),
                100.0 * within / rates.length);
    }

    private static double deviation(double[] values, double mean) {
        if (values.length < 2) {
            return 0;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1));
    }

    private static String line(String name, String mean, String deviation, String max, double within) {
        return Figures.format("    %-10s%8s%10s%10s%9.2f%%%n", name, mean, deviation, max, within);
    }

    private static String errorLines(Tally total) {
        StringBuilder text = new StringBuilder();
        long connect = total.errors(ErrorKind.Group.CONNECT);
        long read = total.errors(ErrorKind.Group.READ) + total.errors(ErrorKind.MALFORMED);
        long write = total.errors(ErrorKind.Group.WRITE);
        long timeout = total.errors(ErrorKind.Group.TIMEOUT);
        if (connect + read + write + timeout > 0) {
            text.append(Figures.format(
                    "  Socket errors: connect %d, read %d, write %d, timeout %d%n", connect, read, write, timeout));
        }
        if (total.errors(ErrorKind.STATUS) > 0) {
            text.append(Figures.format("  Non-2xx or 3xx responses: %d%n", total.errors(ErrorKind.STATUS)));
        }
        return text.toString();
    }
}
