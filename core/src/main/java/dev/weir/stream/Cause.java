package dev.weir.stream;

/** Who ended a session: the first letter of HAProxy's termination state. */
public enum Cause {
    /** Both sides ended normally. */
    NORMAL('-'),
    /** The client aborted. */
    CLIENT('C'),
    /** The server aborted or refused. */
    SERVER('S'),
    /** A rule or a limit of the proxy refused. */
    PROXY('P'),
    /** Handled locally, such as a redirect or a statistics page. */
    LOCAL('L'),
    /** Memory, descriptors or ports ran out. */
    RESOURCE('R'),
    /** A fault of the proxy itself. */
    INTERNAL('I'),
    /** Killed because the server went down. */
    SERVER_DOWN('D'),
    /** Killed on a backup server because an active one came up. */
    ACTIVE_UP('U'),
    /** Killed by an administrator. */
    KILLED('K'),
    /** The client was silent for too long. */
    CLIENT_TIMEOUT('c'),
    /** The server was silent for too long, or the queue took too long. */
    SERVER_TIMEOUT('s');

    private final char letter;

    Cause(char letter) {
        this.letter = letter;
    }

    public char letter() {
        return letter;
    }
}
