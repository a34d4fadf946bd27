package dev.weir.balance;

/**
 * Chooses among a backend's servers. It is told of every change ({@link #update}, {@link #loadChanged}), so that a pick looks
 * at as few servers as possible.
 *
 * <p>Thread: under the backend's lock.
 */
public abstract class BalanceAlgorithm {
    /** What an algorithm keeps of a server. */
    abstract static class Node extends IntrusiveHeap.Node {
        final Target target;
        /** Weight in force; 0 while the server takes nothing. */
        int weight;

        Node(Target target) {
            this.target = target;
        }
    }

    private final BalanceSettings settings;
    private Node[] nodes = new Node[0];
    private int activeCount;
    private int backupCount;
    private int activeWeight;
    private int backupWeight;
    private Node firstBackup;

    BalanceAlgorithm(BalanceSettings settings) {
        this.settings = settings;
    }

    // ---- what an algorithm provides ----

    abstract Node newNode(Target target);

    /** What the server weighs by its settings, whatever its state. */
    int fullWeight(Target target) {
        return target.userWeight() * target.warmth();
    }

    /** The set of servers is about to be installed; weights of all of them are as configured. */
    void prepare(Node[] servers) {}

    /** First weights are known, and this is the start: nothing was picked yet. Servers that take sessions join one by one. */
    void begin() {
        for (Node node : nodes()) {
            if (node.weight > 0) {
                joined(node);
            }
        }
    }

    /** A server that took nothing takes sessions now. */
    abstract void joined(Node node);

    abstract void left(Node node, int weightBefore);

    abstract void weightChanged(Node node, int weightBefore);

    /** Among the active servers or, if {@code backups}, among all backup servers; at least one of them is usable. */
    abstract Node choose(boolean backups, Target avoided);

    /** The same, for a key. */
    Node chooseByHash(boolean backups, int hash, Target avoided) {
        return choose(backups, avoided);
    }

    /** What {@link #choose} and {@link #chooseByHash} change, for {@link #recall}; null where they change nothing. */
    Object remember() {
        return null;
    }

    void recall(Object remembered) {}

    // ---- for the owner ----

    /** Installs the first set of servers. For constructors. */
    final void install(Target[] servers) {
        nodes = new Node[servers.length];
        for (int i = 0; i < servers.length; i++) {
            nodes[i] = newNode(servers[i]);
        }
        prepare(nodes);
        for (Node node : nodes) {
            node.weight = weightOf(node.target);
        }
        recount();
        begin();
    }

    /** Takes over another set of servers: those that stay keep their place, the others leave or join. */
    public final void replaceServers(Target[] servers) {
        Node[] before = nodes;
        Node[] after = new Node[servers.length];
        for (int i = 0; i < servers.length; i++) {
            Node known = find(before, servers[i]);
            after[i] = known != null ? known : newNode(servers[i]);
        }
        for (Node node : before) {
            if (find(after, node.target) == null) {
                apply(node, 0);
            }
        }
        nodes = after;
        prepare(after);
        for (Node node : after) {
            apply(node, weightOf(node.target));
        }
        recount();
    }

    /** A server's state or weight may have changed. */
    public final void update(Target target) {
        Node node = node(target);
        if (node != null) {
            apply(node, weightOf(target));
        }
    }

    /** A server's sessions or queue changed. */
    public void loadChanged(Target target) {}

    /**
     * The server of a new session without a key.
     *
     * @param avoided the server that failed just now, chosen again only if there is no other; or null
     * @return null if all servers are full, or none is usable ({@link #hasUsable})
     */
    public final Target pick(Target avoided) {
        Node node = isLoneBackup() ? firstBackup : usableCount() == 0 ? null : choose(activeCount == 0, avoided);
        return node == null ? null : node.target;
    }

    /** The server of a new session with a key. */
    public final Target pick(int hash, Target avoided) {
        if (isLoneBackup() || usableCount() == 0) {
            return pick(avoided);
        }
        Node node = chooseByHash(activeCount == 0, usableCount() == 1 ? 0 : hash, avoided);
        return node == null ? null : node.target;
    }

    /** The server that {@link #pick(Target)} would give now; it is as if nobody had asked. */
    public final Target foresee() {
        Object remembered = remember();
        Target target = pick(null);
        recall(remembered);
        return target;
    }

    /** The same for {@link #pick(int, Target)}. */
    public final Target foresee(int hash) {
        Object remembered = remember();
        Target target = pick(hash, null);
        recall(remembered);
        return target;
    }

    public final boolean hasUsable() {
        return usableCount() > 0;
    }

    public final int activeCount() {
        return activeCount;
    }

    public final int backupCount() {
        return backupCount;
    }

    /** How many servers share the traffic now. */
    public final int usableCount() {
        return activeCount > 0 ? activeCount : isLoneBackup() ? 1 : backupCount;
    }

    /** Whether new sessions of the backend may go to this server now: backup servers have to be called upon. */
    public final boolean mayServe(Target target) {
        Node node = node(target);
        return node != null
                && node.weight > 0
                && (!target.isBackup() || activeCount == 0 && (settings.allBackups() || node == firstBackup));
    }

    public final BalanceSettings settings() {
        return settings;
    }

    // ---- for algorithms ----

    final Node[] nodes() {
        return nodes;
    }

    /** Null if the server is not one of ours. */
    final Node node(Target target) {
        int position = target.position();
        return position >= 0 && position < nodes.length && nodes[position].target == target ? nodes[position] : null;
    }

    final int weightOf(boolean backups) {
        return backups ? backupWeight : activeWeight;
    }

    // ---- inside ----

    private boolean isLoneBackup() {
        return activeCount == 0 && backupCount > 0 && !settings.allBackups();
    }

    private int weightOf(Target target) {
        return target.isAvailable() ? fullWeight(target) : 0;
    }

    private void apply(Node node, int weight) {
        int before = node.weight;
        if (before == weight) {
            return;
        }
        node.weight = weight;
        recount();
        if (before == 0) {
            joined(node);
        } else if (weight == 0) {
            left(node, before);
        } else {
            weightChanged(node, before);
        }
    }

    private void recount() {
        activeCount = backupCount = activeWeight = backupWeight = 0;
        firstBackup = null;
        for (Node node : nodes) {
            if (node.weight > 0) {
                count(node);
            }
        }
    }

    private void count(Node node) {
        if (!node.target.isBackup()) {
            activeCount++;
            activeWeight += node.weight;
            return;
        }
        backupCount++;
        backupWeight += node.weight;
        if (firstBackup == null) {
            firstBackup = node;
        }
    }

    /** For changes of the set, while positions are not settled. */
    private static Node find(Node[] nodes, Target target) {
        for (Node node : nodes) {
            if (node.target == target) {
                return node;
            }
        }
        return null;
    }
}
