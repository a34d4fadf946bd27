package dev.weir.balance;

import dev.weir.bridge.transport.SocketName;

/** A server of a test: plain fields. */
final class FakeTarget implements Target {
    final String name;
    final int position;
    int id;
    boolean isBackup;
    boolean isAvailable = true;
    int weight;
    int warmth = WEIGHT_SCALE;
    int served;
    int queued;
    int maxConn;
    int maxQueue;
    int sessionRate;
    HashKey hashKey = HashKey.ID;
    final SocketName address = new SocketName();

    FakeTarget(int position, int weight) {
        this.name = "s" + (position + 1);
        this.position = position;
        this.id = position + 1;
        this.weight = weight;
    }

    static FakeTarget[] withWeights(int... weights) {
        FakeTarget[] targets = new FakeTarget[weights.length];
        for (int i = 0; i < weights.length; i++) {
            targets[i] = new FakeTarget(i, weights[i]);
        }
        return targets;
    }

    @Override
    public int position() {
        return position;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public boolean isBackup() {
        return isBackup;
    }

    @Override
    public boolean isAvailable() {
        return isAvailable;
    }

    @Override
    public int userWeight() {
        return weight;
    }

    @Override
    public int warmth() {
        return warmth;
    }

    @Override
    public int served() {
        return served;
    }

    @Override
    public int queued() {
        return queued;
    }

    @Override
    public boolean isFull() {
        return maxConn > 0 && (queued > 0 || served >= maxConn);
    }

    @Override
    public boolean isQueueFull() {
        return maxConn > 0 && served + queued >= maxConn + maxQueue;
    }

    @Override
    public boolean isQueueLimitReached() {
        return maxQueue > 0 && queued >= maxQueue;
    }

    @Override
    public int sessionRate() {
        return sessionRate;
    }

    @Override
    public int ringSeed() {
        return hashKey.seed(id, address);
    }

    @Override
    public String toString() {
        return name;
    }
}
