package dev.weir.balance;

import dev.weir.balance.HashRing.Member;

/**
 * When a key has to leave its server on a ring: {@code hash-balance-factor} (the server has its share of all sessions, times
 * the factor) and {@code hash-preserve-affinity}. Thread: under the backend's lock.
 */
final class BoundedLoad {
    private final BalanceSettings settings;
    private long slots;
    private long totalWeight;

    BoundedLoad(BalanceSettings settings) {
        this.settings = settings;
    }

    /** Counts the places that there are for all sessions and the one about to come. */
    void measure(BalanceAlgorithm.Node[] servers, int weight) {
        if (settings.hashBalanceFactor() == 0) {
            return;
        }
        long served = 0;
        for (BalanceAlgorithm.Node node : servers) {
            served += node.target.served();
        }
        slots = ((served + 1) * settings.hashBalanceFactor() + 99) / 100;
        totalWeight = weight;
    }

    boolean admits(Member member) {
        if (settings.hashBalanceFactor() != 0 && member.target.served() >= slotsOf(member)) {
            return false;
        }
        return switch (settings.preserveAffinity()) {
            case ALWAYS -> true;
            case MAXCONN -> !member.target.isFull();
            case MAXQUEUE -> !member.target.isQueueLimitReached();
        };
    }

    /** Whole places for each unit of weight; the rest is dealt out along the cumulated weights. */
    private long slotsOf(Member member) {
        long rest = slots % totalWeight;
        long share = member.weight * (slots / totalWeight)
                + (member.weightBefore + member.weight) * rest / totalWeight
                - member.weightBefore * rest / totalWeight;
        return Math.max(share, 1);
    }
}
