package dev.weir.server;

/** {@code option redispatch}: whether a session whose connection failed may go to another server. */
final class Redispatch {
    private Redispatch() {}

    /** @param retriesMax of the session; its {@link Place#retries} counts the failure already */
    static boolean mayMove(ServerPool pool, Server failed, Place place, int retriesMax) {
        PoolSettings settings = pool.settings();
        int interval = settings.redispatchInterval;
        if (interval == 0 || place.isForced) {
            return false;
        }
        boolean isDown = failed.state() == ServerState.STOPPED || failed.state() == ServerState.STARTING;
        boolean isFree = place.direct == null
                && pool.activeServers() > 1
                && !settings.balance.method().isHash();
        return isDown || isFree || isTurn(interval, place.retries, retriesMax);
    }

    /** At every so-many-th retry, or counted back from the last. */
    private static boolean isTurn(int interval, int retries, int retriesMax) {
        int period = interval > 0 ? interval : retriesMax + 1 + interval;
        return period > 0 && retries % period == 0;
    }
}
