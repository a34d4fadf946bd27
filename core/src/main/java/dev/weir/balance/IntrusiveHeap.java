package dev.weir.balance;

import java.util.Arrays;

/**
 * A priority queue of nodes that know their own place, so that any of them can be taken out. Equal keys keep the order in
 * which they were added. Thread: under the owner's lock. It allocates only when it grows.
 */
public final class IntrusiveHeap<N extends IntrusiveHeap.Node> {
    /** What a heap holds: in one heap at a time. */
    public abstract static class Node {
        private long key;
        private long order;
        private int index = -1;

        /** The key of the last addition; smaller ones come first. */
        public final long key() {
            return key;
        }

        /** Decides between equal keys. */
        final long order() {
            return order;
        }

        public final boolean isQueued() {
            return index >= 0;
        }
    }

    private Node[] nodes = new Node[16];
    private int size;
    private long lastOrder;

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** The smallest, or null. */
    @SuppressWarnings("unchecked")
    public N first() {
        return (N) nodes[0];
    }

    /** In no particular order, for walks: {@code position} from 0 to {@link #size}. */
    @SuppressWarnings("unchecked")
    public N at(int position) {
        return (N) nodes[position];
    }

    /** Adds behind all nodes of the same key. */
    public void add(N node, long key) {
        insert(node, key, ++lastOrder);
    }

    /** Puts a node that was taken out back to where it was. */
    public void restore(N node) {
        Node taken = node;
        insert(node, taken.key, taken.order);
    }

    /** Puts a node that was taken out to where another addition had put it. */
    void restore(N node, long key, long order) {
        insert(node, key, order);
    }

    /** Takes a node out; nothing happens if it is not queued. */
    public void remove(N node) {
        Node gone = node;
        int hole = gone.index;
        if (hole < 0) {
            return;
        }
        gone.index = -1;
        Node last = nodes[--size];
        nodes[size] = null;
        if (last != gone) {
            place(last, hole);
            siftUp(hole);
            siftDown(last.index);
        }
    }

    private void insert(Node node, long key, long order) {
        assert node.index < 0 : "queued twice";
        if (size == nodes.length) {
            nodes = Arrays.copyOf(nodes, size * 2);
        }
        node.key = key;
        node.order = order;
        place(node, size++);
        siftUp(size - 1);
    }

    private void siftUp(int start) {
        Node node = nodes[start];
        int index = start;
        while (index > 0 && precedes(node, nodes[(index - 1) >>> 1])) {
            place(nodes[(index - 1) >>> 1], index);
            index = (index - 1) >>> 1;
        }
        place(node, index);
    }

    private void siftDown(int start) {
        Node node = nodes[start];
        int index = start;
        int child;
        while ((child = smallerChild(index)) >= 0 && precedes(nodes[child], node)) {
            place(nodes[child], index);
            index = child;
        }
        place(node, index);
    }

    private int smallerChild(int index) {
        int left = 2 * index + 1;
        if (left >= size) {
            return -1;
        }
        int right = left + 1;
        return right < size && precedes(nodes[right], nodes[left]) ? right : left;
    }

    private void place(Node node, int index) {
        nodes[index] = node;
        node.index = index;
    }

    private static boolean precedes(Node a, Node b) {
        return a.key < b.key || a.key == b.key && a.order < b.order;
    }
}
