package dev.weir.server.check.script;

/** One step of a script. Closed set. Immutable; any loop. */
sealed interface Step permits ConnectStep, SendStep, ExpectStep, VariableStep {
    /** Its line's number among the lines of the script, from 1; 0 for the connection that no line asks for. */
    int number();

    /** What its line, or a comment line before it, says about it; null if nothing does. */
    String comment();

    /** The same step under another comment. */
    Step withComment(String comment);
}
