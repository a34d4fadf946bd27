package dev.weir.config.parse;

import dev.weir.config.model.CpuMapLine;
import dev.weir.sample.Quantity;
import java.util.BitSet;

/** {@code cpu-map [auto:]<thread-group>[/<threads>] <cpu-set>...}; the line stands behind the keyword. */
final class CpuMapKeyword {
    private static final int CPUS_MAX = 1024;

    private CpuMapKeyword() {}

    static void parse(GlobalDraft global, Line line) {
        String threads = line.next();
        boolean isAuto = threads.startsWith("auto:");
        String set = isAuto ? threads.substring("auto:".length()) : threads;
        int slash = set.indexOf('/');
        String group = slash < 0 ? set : set.substring(0, slash);
        if (!group.equals("1") && !group.equals("all") || !line.hasNext()) {
            complain(line);
            return;
        }
        long first = 1;
        long last = CPUS_MAX;
        String range = slash < 0 ? "all" : set.substring(slash + 1);
        if (!range.equals("all")) {
            int dash = range.indexOf('-');
            first = Quantity.integer(dash < 0 ? range : range.substring(0, dash));
            last = dash < 0 ? first : Quantity.integer(range.substring(dash + 1));
        }
        var cpus = new BitSet();
        boolean isValid = first >= 1 && last >= first && last <= CPUS_MAX;
        while (line.hasNext() && isValid) {
            isValid = addAll(cpus, line.next());
        }
        if (!isValid) {
            complain(line);
            return;
        }
        global.cpuMaps.add(new CpuMapLine(line.at(), isAuto, (int) first, (int) last, cpus));
    }

    private static boolean addAll(BitSet cpus, String list) {
        for (String part : list.split(",")) {
            int dash = part.indexOf('-');
            long first = Quantity.integer(dash < 0 ? part : part.substring(0, dash));
            long last = dash < 0 ? first : Quantity.integer(part.substring(dash + 1));
            if (first < 0 || last < first || last >= CPUS_MAX) {
                return false;
            }
            cpus.set((int) first, (int) last + 1);
        }
        return true;
    }

    private static void complain(Line line) {
        line.alert(
                "'cpu-map' expects a thread group number (1 or 'all'; Weir has one group) with optional threads, followed by"
                        + " a list of CPU ranges with numbers from 0 to " + (CPUS_MAX - 1) + ".");
        line.rest();
    }
}
