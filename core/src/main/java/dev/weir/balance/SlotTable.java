package dev.weir.balance;

/**
 * {@code static-rr}, and hashing with {@code hash-type map-based}: a table in which each usable server has as many slots as it
 * weighs, spread evenly. Weights are divided by their greatest common divisor when the servers are installed and stay; only
 * whether a server is usable changes the table.
 */
final class SlotTable extends BalanceAlgorithm {
    private static final class Owner extends Node {
        int score;

        Owner(Target target) {
            super(target);
        }
    }

    private static final Node[] EMPTY = new Node[0];
    private Node[] slots = EMPTY;
    private int divisor = 1;
    private int turn;

    SlotTable(BalanceSettings settings, Target[] servers) {
        super(settings);
        install(servers);
    }

    @Override
    Node newNode(Target target) {
        return new Owner(target);
    }

    @Override
    int fullWeight(Target target) {
        return (target.userWeight() + divisor - 1) / divisor;
    }

    @Override
    void prepare(Node[] servers) {
        int common = 0;
        for (Node node : servers) {
            common = greatestCommonDivisor(node.target.userWeight(), common);
        }
        divisor = Math.max(common, 1);
        slots = EMPTY;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    @Override
    void begin() {
        slots = EMPTY;
    }

    @Override
    void joined(Node node) {
        slots = EMPTY;
    }

    @Override
    void left(Node node, int weightBefore) {
        slots = EMPTY;
    }

    @Override
    void weightChanged(Node node, int weightBefore) {
        slots = EMPTY;
    }

    @Override
    Node choose(boolean backups, Target avoided) {
        Node[] table = slots(backups);
        int start = turn >= table.length ? 0 : turn;
        int index = start;
        int second = -1;
        do {
            Node node = table[index++];
            if (!node.target.isFull()) {
                if (node.target != avoided) {
                    turn = index;
                    return node;
                }
                second = index;
            }
            index = index == table.length ? 0 : index;
        } while (index != start);
        if (second < 0) {
            return null;
        }
        turn = second;
        return table[second - 1];
    }

    @Override
    Node chooseByHash(boolean backups, int hash, Target avoided) {
        Node[] table = slots(backups);
        return table[Integer.remainderUnsigned(hash, table.length)];
    }

    @Override
    Object remember() {
        return turn;
    }

    @Override
    void recall(Object remembered) {
        turn = (Integer) remembered;
    }

    private Node[] slots(boolean backups) {
        if (slots.length == 0) {
            slots = build(backups);
        }
        return slots;
    }

    private Node[] build(boolean backups) {
        int total = weightOf(backups);
        Node[] table = new Node[total];
        for (Node node : nodes()) {
            ((Owner) node).score = 0;
        }
        for (int slot = 0; slot < total; slot++) {
            table[slot] = ownerOfNextSlot(backups, total);
        }
        return table;
    }

    private Node ownerOfNextSlot(boolean backups, int total) {
        Owner best = null;
        int largest = 0;
        for (Node node : nodes()) {
            if (node.weight > 0 && node.target.isBackup() == backups) {
                Owner owner = (Owner) node;
                owner.score += owner.weight;
                int claim = (owner.score + total) / total;
                if (best == null || claim > largest) {
                    largest = claim;
                    best = owner;
                }
            }
        }
        best.score -= total;
        return best;
    }
}
