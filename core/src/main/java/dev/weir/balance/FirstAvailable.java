package dev.weir.balance;

import java.util.Arrays;
import java.util.Comparator;

/** {@code first}: by ascending id, the first server with a free place. Weights do not count, except 0. */
final class FirstAvailable extends BalanceAlgorithm {
    private static final class Candidate extends Node {
        Candidate(Target target) {
            super(target);
        }
    }

    private Node[] byId = new Node[0];

    FirstAvailable(BalanceSettings settings, Target[] servers) {
        super(settings);
        install(servers);
    }

    @Override
    Node newNode(Target target) {
        return new Candidate(target);
    }

    @Override
    void prepare(Node[] servers) {
        byId = servers.clone();
        Arrays.sort(byId, Comparator.comparingInt(node -> node.target.id()));
    }

    @Override
    void begin() {}

    @Override
    void joined(Node node) {}

    @Override
    void left(Node node, int weightBefore) {}

    @Override
    void weightChanged(Node node, int weightBefore) {}

    @Override
    Node choose(boolean backups, Target avoided) {
        Node second = null;
        for (Node node : byId) {
            if (node.weight > 0 && node.target.isBackup() == backups && !node.target.isFull()) {
                if (node.target != avoided) {
                    return node;
                }
                second = node;
            }
        }
        return second;
    }
}
