package dev.weir.load.run;

/** What can go wrong, from the first packet to the last byte of an answer. Closed set. */
public enum ErrorKind {
    REFUSED("refused", Group.CONNECT, "nobody listens there"),
    UNREACHABLE("unreachable", Group.CONNECT, "no route, or the network says no"),
    CONNECT_TIMEOUT("connect-timeout", Group.CONNECT, "no connection in time"),
    NO_RESOURCE("no-resource", Group.CONNECT, "no port, descriptor or memory left on this machine"),
    RESET("reset", Group.READ, "the server reset the connection"),
    CLOSED("closed", Group.READ, "the server closed before its answer was complete"),
    WRITE("write", Group.WRITE, "the server takes no more bytes"),
    TIMEOUT("timeout", Group.TIMEOUT, "no complete answer in time"),
    STATUS("status", Group.ANSWER, "an unexpected status"),
    LENGTH("length", Group.ANSWER, "a body of another length"),
    BODY("body", Group.ANSWER, "a body of other content"),
    MALFORMED("malformed", Group.ANSWER, "not an answer at all");

    /** Where wrk's line of socket errors has it. Closed set. */
    public enum Group {
        CONNECT,
        READ,
        WRITE,
        TIMEOUT,
        ANSWER
    }

    private final String label;
    private final Group group;
    private final String meaning;

    ErrorKind(String label, Group group, String meaning) {
        this.label = label;
        this.group = group;
        this.meaning = meaning;
    }

    /** As reports name it. */
    public String label() {
        return label;
    }

    public Group group() {
        return group;
    }

    public String meaning() {
        return meaning;
    }
}
