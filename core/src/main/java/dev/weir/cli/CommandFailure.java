package dev.weir.cli;

/** A command that cannot be carried out: the text is its whole answer. */
public final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1;

    public CommandFailure(String format, Object... arguments) {
        super(String.format(format, arguments), null, false, false);
    }
}
