package dev.weir.proxy.http;

import dev.weir.bridge.transport.Relay;
import dev.weir.stats.Counter;
import dev.weir.stream.Cause;
import dev.weir.stream.Phase;

/** What follows a granted upgrade or CONNECT: bytes both ways as they are, until both sides have ended. Thread: the exchange's. */
final class Tunnel {
    private final Exchange exchange;
    private final Relay relay = new Relay();
    private boolean isUnderWay;

    Tunnel(Exchange exchange) {
        this.exchange = exchange;
    }

    void run() {
        relay.restart();
        exchange.backend.limit(relay, exchange.frontend, exchange.stream);
        boolean isLimited = exchange.stream.isLimited();
        relay.meterToServer = isLimited ? exchange.stream.bandwidth().upload() : null;
        relay.meterToClient = isLimited ? exchange.stream.bandwidth().download() : null;
        exchange.keepsClient = false;
        exchange.keepsServer = false;
        isUnderWay = true;
        exchange.loop.relay(exchange.client, exchange.link.connection(), relay);
        isUnderWay = false;
        exchange.ledger.bytesIn += relay.bytesToServer();
        exchange.ledger.bytesOut += relay.bytesToClient();
        switch (relay.end) {
            case FINISHED, SERVER_SPOKE -> {}
            case CLIENT_FAILED -> aborted(exchange.causeOfClient(), Counter.CLIENT_ABORTS);
            case SERVER_FAILED -> aborted(exchange.causeOfServer(), Counter.SERVER_ABORTS);
            case CLIENT_TIMED_OUT -> aborted(Cause.CLIENT_TIMEOUT, Counter.CLIENT_ABORTS);
            case SERVER_TIMED_OUT -> aborted(Cause.SERVER_TIMEOUT, Counter.SERVER_ABORTS);
            case KILLED -> exchange.stream.ended(exchange.causeOfServer(), Phase.DATA);
        }
    }

    /** From the client, while it lasts. On the loop. */
    long bytesInUnderWay() {
        return isUnderWay ? relay.bytesToServer() : 0;
    }

    /** To the client, while it lasts. On the loop. */
    long bytesOutUnderWay() {
        return isUnderWay ? relay.bytesToClient() : 0;
    }

    private void aborted(Cause cause, Counter counter) {
        exchange.stream.ended(cause, Phase.DATA);
        exchange.ledger.countEverywhere(counter);
    }
}
