package dev.weir.balance;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code roundrobin}: each server has the position at which its turn comes, which moves on by total weight / own weight at
 * every turn, the remainder carried. Servers without a position yet (a round just began, or the weight pushed them out of the
 * window) wait in trees ordered by weight, heavy ones first, which gives the smooth interleaving. Full servers are passed over
 * and lose no turn. The order is HAProxy's.
 */
final class RoundRobin extends BalanceAlgorithm {
    /** Distance of two positions in the order of a tree, so that weights order the servers within a position. */
    private static final long POSITION_UNIT = Target.WEIGHT_MAX;

    private static final class Turn extends Node {
        IntrusiveHeap<Turn> tree;
        /** Position of the next turn; 0 before the first. */
        int next;
        /** Position of the last turn. */
        int last;
        /** What the divisions left over. */
        int remainder;
        /** Chain of those that one pick passed over. */
        Turn passedOver;

        Turn(Target target) {
            super(target);
        }
    }

    /** Active or backup servers. Two trees swap their roles at the end of a round. */
    private static final class Group {
        IntrusiveHeap<Turn> fresh = new IntrusiveHeap<>();
        IntrusiveHeap<Turn> later = new IntrusiveHeap<>();
        final IntrusiveHeap<Turn> current = new IntrusiveHeap<>();
        int position;
        int windowWeight;
        int nextWeight;

        Round remember() {
            return new Round(fresh, later, position, windowWeight, nextWeight);
        }

        void recall(Round round) {
            fresh = round.fresh;
            later = round.later;
            position = round.position;
            windowWeight = round.windowWeight;
            nextWeight = round.nextWeight;
        }

        void switchTrees() {
            IntrusiveHeap<Turn> swap = fresh;
            fresh = later;
            later = swap;
            windowWeight = nextWeight;
            position = windowWeight;
        }
    }

    private record Round(
            IntrusiveHeap<Turn> fresh, IntrusiveHeap<Turn> later, int position, int windowWeight, int nextWeight) {}

    private record Place(IntrusiveHeap<Turn> tree, long key, long order, int next, int last, int remainder) {}

    private record Memory(Round active, Round backup, List<Place> places) {}

    private final Group active = new Group();
    private final Group backup = new Group();

    RoundRobin(BalanceSettings settings, Target[] servers) {
        super(settings);
        install(servers);
    }

    @Override
    Node newNode(Target target) {
        return new Turn(target);
    }

    @Override
    void begin() {
        startGroup(active, weightOf(false));
        startGroup(backup, weightOf(true));
        for (Node node : nodes()) {
            if (node.weight > 0) {
                queueByWeight(groupOf(node).fresh, (Turn) node);
            }
        }
    }

    private static void startGroup(Group group, int weight) {
        group.nextWeight = weight;
        group.windowWeight = weight;
        group.position = weight;
    }

    @Override
    void joined(Node node) {
        Turn turn = (Turn) node;
        Group group = groupOf(turn);
        group.nextWeight += turn.weight;
        takeUp(group, turn);
        turn.next = group.position + (group.nextWeight + group.windowWeight - group.position) / turn.weight;
        queue(group, turn);
    }

    @Override
    void left(Node node, int weightBefore) {
        Turn turn = (Turn) node;
        groupOf(turn).nextWeight -= weightBefore;
        takeOut(turn);
        turn.tree = null;
    }

    @Override
    void weightChanged(Node node, int weightBefore) {
        Turn turn = (Turn) node;
        Group group = groupOf(turn);
        group.nextWeight += turn.weight - weightBefore;
        if (turn.tree == group.fresh) {
            takeOut(turn);
            queueByWeight(group.fresh, turn);
            return;
        }
        takeUp(group, turn);
        int nextBefore = turn.next;
        int step = group.nextWeight / turn.weight;
        turn.next = Math.min(turn.last + step, nextBefore);
        turn.remainder = 0;
        if (turn.next < group.position + 2) {
            turn.next = group.position + step;
        }
        takeOut(turn);
        queue(group, turn);
    }

    @Override
    Node choose(boolean backups, Target avoided) {
        Group group = backups ? backup : active;
        boolean switched = false;
        Turn second = null;
        Turn passedOver = null;
        Turn turn;
        while (true) {
            turn = first(group);
            if (turn == null && !switched) {
                switched = true;
                group.switchTrees();
                continue;
            }
            if (turn == null) {
                turn = second;
                break;
            }
            advance(group, turn);
            if (!turn.target.isFull()) {
                if (turn.target != avoided || second != null) {
                    break;
                }
                second = turn;
            }
            turn.passedOver = passedOver;
            passedOver = turn;
        }
        if (turn != null) {
            queue(group, turn);
        }
        requeue(group, passedOver, turn, switched);
        return turn;
    }

    @Override
    Object remember() {
        List<Place> places = new ArrayList<>();
        for (Node node : nodes()) {
            Turn turn = (Turn) node;
            places.add(new Place(turn.tree, turn.key(), turn.order(), turn.next, turn.last, turn.remainder));
        }
        return new Memory(active.remember(), backup.remember(), places);
    }

    @Override
    void recall(Object remembered) {
        Memory memory = (Memory) remembered;
        active.recall(memory.active);
        backup.recall(memory.backup);
        for (Node node : nodes()) {
            takeOut((Turn) node);
        }
        for (int i = 0; i < nodes().length; i++) {
            recall((Turn) nodes()[i], memory.places.get(i));
        }
    }

    private static void recall(Turn turn, Place place) {
        turn.tree = place.tree;
        turn.next = place.next;
        turn.last = place.last;
        turn.remainder = place.remainder;
        if (turn.tree != null) {
            turn.tree.restore(turn, place.key, place.order);
        }
    }

    /** The next one in turn, or a fresh one where the current tree has a gap. */
    private static Turn first(Group group) {
        if (group.windowWeight == 0) {
            group.windowWeight = group.nextWeight;
            group.position = group.nextWeight;
        }
        Turn turn = group.current.first();
        if (turn != null && turn.next <= group.position) {
            return turn;
        }
        Turn fresh = group.fresh.first();
        if (fresh == null) {
            return turn;
        }
        fresh.next = 0;
        fresh.remainder = 0;
        return fresh;
    }

    private static void advance(Group group, Turn turn) {
        if (turn.next == 0) {
            turn.next = group.position;
        }
        turn.last = turn.next;
        turn.next += group.nextWeight / turn.weight;
        turn.remainder += group.nextWeight % turn.weight;
        if (turn.remainder >= turn.weight) {
            turn.remainder -= turn.weight;
            turn.next++;
        }
        takeOut(turn);
        group.position++;
    }

    private static void requeue(Group group, Turn passedOver, Turn chosen, boolean switched) {
        Turn turn = passedOver;
        while (turn != null) {
            if (turn != chosen && switched) {
                queueByWeight(group.fresh, turn); // the round is over: its place is lost, only the weight counts
            } else if (turn != chosen) {
                queue(group, turn);
            }
            Turn following = turn.passedOver;
            turn.passedOver = null;
            turn = following;
        }
    }

    /** Makes {@code next} count from the group's present window, whatever tree the server is in. */
    private static void takeUp(Group group, Turn turn) {
        if (turn.tree == group.fresh) {
            turn.next = 0;
            turn.remainder = 0;
        } else if (turn.tree == group.later) {
            turn.next += group.windowWeight;
        } else if (turn.tree == null) {
            turn.next = group.position;
        }
    }

    private static void queue(Group group, Turn turn) {
        if (turn.next >= 2 * group.windowWeight || turn.next >= group.windowWeight + group.nextWeight) {
            turn.next -= group.windowWeight;
            queueByWeight(group.later, turn);
            return;
        }
        turn.tree = group.current;
        long order = (Target.EFFECTIVE_WEIGHT_MAX + turn.remainder - turn.weight) / Target.WEIGHT_SCALE;
        group.current.add(turn, POSITION_UNIT * turn.next + order);
    }

    private static void queueByWeight(IntrusiveHeap<Turn> tree, Turn turn) {
        turn.tree = tree;
        tree.add(turn, Target.EFFECTIVE_WEIGHT_MAX - turn.weight);
    }

    private static void takeOut(Turn turn) {
        if (turn.tree != null) {
            turn.tree.remove(turn);
        }
    }

    private Group groupOf(Node node) {
        return node.target.isBackup() ? backup : active;
    }
}
