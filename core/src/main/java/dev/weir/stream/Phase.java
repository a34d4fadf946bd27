package dev.weir.stream;

/** What a session was doing when it ended: the second letter of HAProxy's termination state. */
public enum Phase {
    /** Past the end of data: normal. */
    NORMAL('-'),
    /** Waiting for the request, or for bytes that content rules want. */
    REQUEST('R'),
    QUEUE('Q'),
    CONNECT('C'),
    /** Waiting for the head of the response. */
    HEADERS('H'),
    DATA('D'),
    /** The last data was still being sent to the client. */
    LAST('L'),
    TARPIT('T');

    private final char letter;

    Phase(char letter) {
        this.letter = letter;
    }

    public char letter() {
        return letter;
    }
}
