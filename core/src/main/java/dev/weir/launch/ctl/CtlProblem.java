package dev.weir.launch.ctl;

/** Something that the person at the keyboard has to know. */
final class CtlProblem extends Exception {
    private static final long serialVersionUID = 1;

    CtlProblem(String message) {
        super(message, null, false, false);
    }
}
