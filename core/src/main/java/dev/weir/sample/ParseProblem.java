package dev.weir.sample;

/** The operator wrote something that cannot be used. The message is for the operator; the caller adds file and line. */
public final class ParseProblem extends Exception {
    public ParseProblem(String format, Object... arguments) {
        super(arguments.length == 0 ? format : String.format(format, arguments), null, false, false);
    }
}
