package dev.weir.server.check.script;

/** What an {@link ExpectStep} looks for. Immutable; any loop. */
interface Expectation {
    /**
     * Looks at what has been received.
     *
     * @param isLast nothing more will come
     */
    Finding examine(CheckRun run, ExpectStep step, boolean isLast);

    /** As messages about waiting in vain have it: {@code string 'abc'}. */
    String title();

    /** As messages about what was received have it, with a blank before it or nothing at all: {@code  'abc'}. */
    String pattern();
}
