package dev.weir.balance;

/**
 * {@code random(draws)}: draws points of the ring and keeps the server with the fewest sessions for its weight, on a tie the
 * one with fewer new sessions in the last second. If it is full, the session waits for the backend.
 */
final class RandomDraws extends HashRing {
    private final int draws;
    private long state;

    RandomDraws(BalanceSettings settings, Target[] servers) {
        super(settings, servers);
        draws = settings.draws();
        state = settings.seed() | 1;
    }

    @Override
    Node choose(boolean backups, Target avoided) {
        Node best = chooseByHash(backups, nextRandom(), avoided);
        for (int i = 1; i < draws; i++) {
            Node drawn = chooseByHash(backups, nextRandom(), avoided);
            best = isBetter(drawn, best) ? drawn : best;
        }
        return best.target.isFull() ? null : best;
    }

    @Override
    Object remember() {
        return state;
    }

    @Override
    void recall(Object remembered) {
        state = (Long) remembered;
    }

    private static boolean isBetter(Node drawn, Node best) {
        long load = (long) drawn.target.served() * best.weight;
        long bestLoad = (long) best.target.served() * drawn.weight;
        return load < bestLoad || load == bestLoad && drawn.target.sessionRate() <= best.target.sessionRate();
    }

    /** xorshift64*: its upper half is good enough to spread load. */
    private int nextRandom() {
        state ^= state >>> 12;
        state ^= state << 25;
        state ^= state >>> 27;
        return (int) ((state * 0x2545F4914F6CDD1DL) >>> 32);
    }
}
