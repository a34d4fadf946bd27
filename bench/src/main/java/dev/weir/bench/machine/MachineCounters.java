package dev.weir.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The first lines of {@code /proc/stat}: what all CPUs have done since the start of the machine, kernel threads and interrupts
 * included, in ticks of 10 ms.
 *
 * @param busy of any kind
 * @param stolen by the host
 * @param loadBusy the same of the CPUs that carry the load
 * @param cpus how many there are
 */
public record MachineCounters(long busy, long stolen, long loadBusy, int cpus) {
    private static final int USER = 1;
    private static final int NICE = 2;
    private static final int SYSTEM = 3;
    private static final int IRQ = 6;
    private static final int SOFTIRQ = 7;
    private static final int STEAL = 8;
    /** USER_HZ is 100 on every Linux that Java runs on. */
    static final double TICK_SECONDS = 0.01;

    /** @param load the CPUs to look at separately */
    public static MachineCounters now(CpuSet load) throws IOException {
        return of(Files.readAllLines(Path.of("/proc/stat")), load);
    }

    static MachineCounters of(List<String> lines, CpuSet load) {
        long busy = 0;
        long stolen = 0;
        long loadBusy = 0;
        int cpus = 0;
        for (String line : lines) {
            String[] words = line.split(" +");
            if (words[0].equals("cpu")) {
                busy = busy(words);
                stolen = Long.parseLong(words[STEAL]);
            } else if (words[0].startsWith("cpu")) {
                cpus++;
                boolean isLoad = load.cpus().contains(Integer.parseInt(words[0].substring("cpu".length())));
                loadBusy += isLoad ? busy(words) : 0;
            }
        }
        return new MachineCounters(busy, stolen, loadBusy, cpus);
    }

    private static long busy(String[] words) {
        long sum = 0;
        for (int column : new int[] {USER, NICE, SYSTEM, IRQ, SOFTIRQ}) {
            sum += Long.parseLong(words[column]);
        }
        return sum;
    }

    public double busySecondsSince(MachineCounters before) {
        return (busy - before.busy) * TICK_SECONDS;
    }

    public double loadBusySecondsSince(MachineCounters before) {
        return (loadBusy - before.loadBusy) * TICK_SECONDS;
    }

    /** The host's part of the time that we wanted. */
    public double stolenPercentSince(MachineCounters before) {
        long wanted = busy - before.busy + stolen - before.stolen;
        return wanted == 0 ? 0 : 100.0 * (stolen - before.stolen) / wanted;
    }
}
