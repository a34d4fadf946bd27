package dev.weir.bench.product;

import dev.weir.bench.machine.CpuSet;
import java.nio.file.Path;

/**
 * What all products are told alike.
 *
 * @param mode of the proxy
 * @param cpus that it may use; it has a thread for each
 * @param port to listen on
 * @param originPort to forward to
 * @param splices bulk: splice(2) is on where a product has it
 * @param hasRules conditions and header rules in {@code mode http}
 * @param spins {@code busy-polling} is on where a product has it
 * @param maxConn client connections that a product has to be ready for
 * @param folder for its files, the product's own
 */
public record Setup(
        Mode mode,
        CpuSet cpus,
        int port,
        int originPort,
        boolean splices,
        boolean hasRules,
        boolean spins,
        int maxConn,
        Path folder) {}
