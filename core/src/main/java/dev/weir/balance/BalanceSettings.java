package dev.weir.balance;

/**
 * What {@code balance}, {@code hash-type} and their companions say of a backend. Immutable; equal settings keep the algorithm's
 * position over a reload.
 *
 * @param method which algorithm
 * @param hashType for the methods that hash
 * @param draws of {@code random(draws)}
 * @param hashBalanceFactor percent of the average load that a server of a ring may have, above 100, or 0 for no bound
 * @param preserveAffinity {@code hash-preserve-affinity}
 * @param allBackups {@code option allbackups}: all backup servers together replace the active ones, not only the first
 * @param seed of the draws, so that tests can repeat them
 */
public record BalanceSettings(
        BalanceMethod method,
        HashType hashType,
        int draws,
        int hashBalanceFactor,
        PreserveAffinity preserveAffinity,
        boolean allBackups,
        long seed) {
    /** May a key on a ring leave a server that has no room? */
    public enum PreserveAffinity {
        /** Never: it waits. The default. */
        ALWAYS,
        /** When the server's {@code maxconn} is reached. */
        MAXCONN,
        /** When the server's queue is full. */
        MAXQUEUE
    }

    /** Without options. */
    public static BalanceSettings of(BalanceMethod method) {
        return new BalanceSettings(method, HashType.MAP_BASED, 2, 0, PreserveAffinity.ALWAYS, false, 0x5DEECE66DL);
    }

    public BalanceSettings withHashType(HashType type) {
        return new BalanceSettings(method, type, draws, hashBalanceFactor, preserveAffinity, allBackups, seed);
    }

    public BalanceSettings withDraws(int count) {
        return new BalanceSettings(method, hashType, count, hashBalanceFactor, preserveAffinity, allBackups, seed);
    }

    public BalanceSettings withHashBalanceFactor(int percent) {
        return new BalanceSettings(method, hashType, draws, percent, preserveAffinity, allBackups, seed);
    }

    public BalanceSettings withPreserveAffinity(PreserveAffinity affinity) {
        return new BalanceSettings(method, hashType, draws, hashBalanceFactor, affinity, allBackups, seed);
    }

    public BalanceSettings withAllBackups(boolean all) {
        return new BalanceSettings(method, hashType, draws, hashBalanceFactor, preserveAffinity, all, seed);
    }
}
