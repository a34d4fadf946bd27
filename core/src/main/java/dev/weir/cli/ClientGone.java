package dev.weir.cli;

/** The client of a command does not read any more: whoever writes to it stops. */
public final class ClientGone extends Exception {
    private static final long serialVersionUID = 1;

    public ClientGone() {
        super("client gone", null, false, false);
    }
}
