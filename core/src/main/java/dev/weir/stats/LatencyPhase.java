package dev.weir.stats;

/** The parts of an exchange whose durations are kept. Closed set. */
public enum LatencyPhase {
    /** From the request's head, in {@code mode tcp} from the handshakes, to a place on a server ({@code %Tw}). */
    QUEUE("queue"),
    /** From there to a connection; next to nothing for one that is used again ({@code %Tc}). */
    CONNECT("connect"),
    /** From there to the head of the response; only in {@code mode http} ({@code %Tr}). */
    RESPONSE("response"),
    /** From the request's first byte to the response's last ({@code %Ta}); in {@code mode tcp} the whole session. */
    TOTAL("total");

    private final String word;

    LatencyPhase(String word) {
        this.word = word;
    }

    /** As it is written everywhere. */
    public String word() {
        return word;
    }
}
