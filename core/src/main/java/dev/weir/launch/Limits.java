package dev.weir.launch;

import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.transport.TransportException;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.Severity;

/**
 * How many connections the process may have, and the descriptors for them: what the operator says, or what the limit of open
 * files allows.
 *
 * @param connectionsMax client connections of the process
 * @param descriptorsMax descriptors of the process
 */
record Limits(int connectionsMax, long descriptorsMax) {
    /** Descriptors for everything that is no session: rings, logs, files, checks. */
    private static final int RESERVED = 100;

    private static final int CONNECTIONS_MAX = 500_000;
    /** Where no limit can be read. */
    private static final int FALLBACK = 2_000;

    /** @throws TransportException with {@code strict-limits}, if the system does not give what the operator wants */
    static Limits of(CommandLine commandLine, Configuration configuration, StartupMessages messages)
            throws TransportException {
        var global = configuration.global().limits();
        int wanted = commandLine.maxConn() != 0 ? commandLine.maxConn() : global.maxConn();
        if (Kernel.refusal() != null) {
            int known = wanted != 0 ? wanted : FALLBACK;
            return new Limits(known, 2L * known + RESERVED);
        }
        Kernel kernel = new Kernel();
        long[] found = kernel.openFilesLimit(0);
        long hard = global.fdHardLimit() > 0 ? Math.min(found[1], global.fdHardLimit()) : found[1];
        long descriptors = wanted != 0 ? 2L * wanted + RESERVED : hard;
        descriptors = Math.max(descriptors, global.ulimitN());
        // Lowered only for who asks for it: descriptors for other things than connections may be many.
        boolean isToChange = descriptors > found[0] || global.ulimitN() > 0 || found[0] > hard;
        long soft = isToChange ? kernel.openFilesLimit(Math.min(descriptors, Math.max(hard, 0)))[0] : found[0];
        if (soft < descriptors && (wanted != 0 || global.fdHardLimit() > 0)) {
            String text = "Cannot raise FD limit to " + descriptors + ", limit is " + soft + ".";
            if (global.strictLimits()) {
                throw new TransportException(text, 0);
            }
            messages.show(Severity.WARNING, "[weir.main()] " + text + " This will fail in >= v2.3");
        }
        if (wanted == 0) {
            return new Limits(Math.clamp((soft - RESERVED) / 2, 1, CONNECTIONS_MAX), soft);
        }
        return new Limits(wanted, soft);
    }
}
