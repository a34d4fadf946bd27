package dev.weir.bench.micro;

import dev.weir.balance.Target;

/** A server that is always up and never full: what a pick costs, not what a server costs. */
record FreeServer(int position, int userWeight) implements Target {
    static Target[] ofCount(int count) {
        Target[] servers = new Target[count];
        for (int i = 0; i < count; i++) {
            servers[i] = new FreeServer(i, 1 + i % 3);
        }
        return servers;
    }

    @Override
    public int id() {
        return position + 1;
    }

    @Override
    public boolean isBackup() {
        return false;
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public int warmth() {
        return WEIGHT_SCALE;
    }

    @Override
    public int served() {
        return 0;
    }

    @Override
    public int queued() {
        return 0;
    }

    @Override
    public boolean isFull() {
        return false;
    }

    @Override
    public boolean isQueueFull() {
        return false;
    }

    @Override
    public boolean isQueueLimitReached() {
        return false;
    }

    @Override
    public int sessionRate() {
        return 0;
    }

    @Override
    public int ringSeed() {
        return id();
    }
}
