package dev.weir.load.command;

import dev.weir.load.plan.PlanException;
import java.util.ArrayList;
import java.util.List;

/** CPU numbers as taskset has them. */
final class CpuList {
    private static final int CPUS_MAX = 64;

    private CpuList() {}

    /** A mask of one CPU for each loop, in turn. */
    static long[] masks(String text, int loops) {
        List<Integer> cpus = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int dash = part.indexOf('-');
            int first = cpu(dash < 0 ? part : part.substring(0, dash), text);
            int last = dash < 0 ? first : cpu(part.substring(dash + 1), text);
            for (int cpu = first; cpu <= last; cpu++) {
                cpus.add(cpu);
            }
        }
        if (cpus.isEmpty()) {
            throw new PlanException("--cpus: '" + text + "' has no CPU");
        }
        long[] masks = new long[loops];
        for (int i = 0; i < loops; i++) {
            masks[i] = 1L << cpus.get(i % cpus.size());
        }
        return masks;
    }

    private static int cpu(String digits, String text) {
        try {
            int cpu = Integer.parseInt(digits);
            if (cpu >= 0 && cpu < CPUS_MAX) {
                return cpu;
            }
        } catch (NumberFormatException e) {
            throw new PlanException("--cpus: '" + text + "' is no list such as 2,3 or 4-7");
        }
        throw new PlanException("--cpus: only CPUs 0 to " + (CPUS_MAX - 1) + " can be chosen");
    }
}
