package dev.weir.balance;

/**
 * Hashing with {@code hash-type consistent}: each server has nodes on a ring of 32-bit numbers, 16 for a unit of weight. The
 * nearest node takes the key; on equal distance the one before it. Losing or gaining a server or weight moves only the keys of
 * the nodes concerned. Without a key, servers are taken in the order of the ring.
 */
class HashRing extends BalanceAlgorithm {
    static final class Member extends Node {
        /** Nodes on the ring now: the first ones of this server. */
        int points;
        /** Weight of usable servers of the same group declared before. */
        long weightBefore;

        Member(Target target) {
            super(target);
        }
    }

    private final Ring active = new Ring();
    private final Ring backup = new Ring();
    private final BoundedLoad bound;

    HashRing(BalanceSettings settings, Target[] servers) {
        super(settings);
        bound = new BoundedLoad(settings);
        install(servers);
    }

    @Override
    Node newNode(Target target) {
        return new Member(target);
    }

    @Override
    void prepare(Node[] servers) {
        accumulateWeights();
    }

    @Override
    void joined(Node node) {
        ringOf(node).resize((Member) node, node.weight);
        accumulateWeights();
    }

    @Override
    void left(Node node, int weightBefore) {
        ringOf(node).resize((Member) node, 0);
        accumulateWeights();
    }

    @Override
    void weightChanged(Node node, int weightBefore) {
        ringOf(node).resize((Member) node, node.weight);
        accumulateWeights();
    }

    private void accumulateWeights() {
        long activeSum = 0;
        long backupSum = 0;
        for (Node node : nodes()) {
            Member member = (Member) node;
            member.weightBefore = node.target.isBackup() ? backupSum : activeSum;
            if (node.target.isBackup()) {
                backupSum += node.weight;
            } else {
                activeSum += node.weight;
            }
        }
    }

    @Override
    Node choose(boolean backups, Target avoided) {
        return (backups ? backup : active).next(avoided);
    }

    @Override
    Node chooseByHash(boolean backups, int hash, Target avoided) {
        Ring ring = backups ? backup : active;
        int start = ring.nearest(hash);
        int index = start;
        bound.measure(nodes(), weightOf(backups));
        while (isExcluded(ring.owner(index), avoided)) {
            index = ring.after(index);
            if (index == start) {
                break; // nobody else: the nearest has to do
            }
        }
        return ring.owner(index);
    }

    @Override
    Object remember() {
        return new int[] {active.last(), backup.last()};
    }

    @Override
    void recall(Object remembered) {
        int[] last = (int[]) remembered;
        active.last(last[0]);
        backup.last(last[1]);
    }

    private boolean isExcluded(Member member, Target avoided) {
        return member.target == avoided || !bound.admits(member);
    }

    private Ring ringOf(Node node) {
        return node.target.isBackup() ? backup : active;
    }
}
