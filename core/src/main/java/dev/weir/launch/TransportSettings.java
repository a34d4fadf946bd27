package dev.weir.launch;

import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.transport.TransportOptions;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.CpuMapLine;
import dev.weir.config.model.GlobalSection.ThreadSettings;

/** The global section as the transport wants it. */
final class TransportSettings {
    /** {@code busy-polling}: so long a loop looks for work before it sleeps, nanoseconds. */
    private static final long BUSY_POLLING_NS = 1_000_000;
    /** Of a loop's blocks, of which only those in use cost memory. */
    private static final int BLOCK_BYTES_MAX = 256 << 20;

    private static final int BLOCKS_MIN = 1_024;

    private TransportSettings() {}

    static TransportOptions of(CommandLine commandLine, Configuration configuration, Limits limits) {
        var global = configuration.global();
        TransportOptions options = new TransportOptions();
        options.loops = loops(global.threads());
        options.cpuMasks = cpuMasks(configuration, options.loops);
        options.spinNs = global.threads().busyPolling() ? BUSY_POLLING_NS : 0;
        options.courtesy = !Boolean.getBoolean("weir.courtesy.refuse");
        options.lookout = !Boolean.getBoolean("weir.lookout.refuse");
        options.splice = global.limits().splice() && !commandLine.isSpliceOff();
        if (global.limits().maxPipes() > 0) {
            options.pipesMax = Math.max(1, global.limits().maxPipes() / options.loops);
        }
        options.connectionsMax = 2 * limits.connectionsMax() + 256;
        options.bufferBytes =
                Math.max(TransportOptions.BUFFER_BYTES_MIN, global.tuning().bufferBytes());
        int blocksMax = Math.max(BLOCKS_MIN, BLOCK_BYTES_MAX / options.bufferBytes);
        options.buffersMax = Math.clamp(2L * limits.connectionsMax() + 512, BLOCKS_MIN, blocksMax);
        return options;
    }

    /** {@code nbthread}, or one for each CPU that the process may use; {@code thread-hard-limit} at most. */
    private static int loops(ThreadSettings threads) {
        int wanted = threads.count() > 0 ? threads.count() : cpus();
        return threads.countMax() > 0 ? Math.min(wanted, threads.countMax()) : wanted;
    }

    private static int cpus() {
        int cpus = Kernel.refusal() == null ? Long.bitCount(new Kernel().affinity()) : 0;
        return cpus > 0 ? cpus : Runtime.getRuntime().availableProcessors();
    }

    private static long[] cpuMasks(Configuration configuration, int loops) {
        long[] masks = new long[loops];
        for (CpuMapLine line : configuration.global().threads().cpuMaps()) {
            int position = 0;
            int last = Math.min(line.threadLast(), loops);
            for (int thread = line.threadFirst(); thread <= last; thread++) {
                masks[thread - 1] = line.auto() ? single(line, position++) : all(line);
            }
        }
        return masks;
    }

    private static long all(CpuMapLine line) {
        long[] words = line.cpus().toLongArray();
        return words.length == 0 ? 0 : words[0];
    }

    /** The n-th CPU of the set. */
    private static long single(CpuMapLine line, int position) {
        int cpu = line.cpus().nextSetBit(0);
        for (int i = 0; i < position && cpu >= 0; i++) {
            cpu = line.cpus().nextSetBit(cpu + 1);
        }
        return cpu < 0 || cpu > 63 ? 0 : 1L << cpu;
    }
}
