package dev.weir.balance;

/**
 * {@code leastconn}: the server with the fewest sessions, served and waiting, for its weight. Servers without any are equal
 * whatever their weight. Among equals, the one that was so for longest.
 */
final class LeastConnections extends BalanceAlgorithm {
    private static final class Load extends Node {
        Load passedOver;

        Load(Target target) {
            super(target);
        }
    }

    private final IntrusiveHeap<Load> active = new IntrusiveHeap<>();
    private final IntrusiveHeap<Load> backup = new IntrusiveHeap<>();

    LeastConnections(BalanceSettings settings, Target[] servers) {
        super(settings);
        install(servers);
    }

    @Override
    Node newNode(Target target) {
        return new Load(target);
    }

    @Override
    void joined(Node node) {
        heapOf(node).add((Load) node, keyOf(node));
    }

    @Override
    void left(Node node, int weightBefore) {
        heapOf(node).remove((Load) node);
    }

    @Override
    void weightChanged(Node node, int weightBefore) {
        left(node, weightBefore);
        joined(node);
    }

    @Override
    public void loadChanged(Target target) {
        Node node = node(target);
        if (node != null && node.isQueued() && node.key() != keyOf(node)) {
            left(node, node.weight);
            joined(node);
        }
    }

    private static long keyOf(Node node) {
        long sessions = node.target.served() + node.target.queued();
        return sessions == 0 ? 0 : (sessions + 1) * Target.EFFECTIVE_WEIGHT_MAX / node.weight;
    }

    @Override
    Node choose(boolean backups, Target avoided) {
        IntrusiveHeap<Load> heap = backups ? backup : active;
        Load second = null;
        Load passedOver = null;
        Load load;
        while ((load = heap.first()) != null) {
            if (!load.target.isQueueFull()) {
                if (load.target != avoided) {
                    break;
                }
                second = load;
            }
            heap.remove(load);
            load.passedOver = passedOver;
            passedOver = load;
        }
        restore(heap, passedOver);
        return load != null ? load : second;
    }

    private static void restore(IntrusiveHeap<Load> heap, Load passedOver) {
        Load load = passedOver;
        while (load != null) {
            heap.restore(load);
            Load following = load.passedOver;
            load.passedOver = null;
            load = following;
        }
    }

    private IntrusiveHeap<Load> heapOf(Node node) {
        return node.target.isBackup() ? backup : active;
    }
}
