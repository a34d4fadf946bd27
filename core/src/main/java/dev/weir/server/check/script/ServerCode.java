package dev.weir.server.check.script;

/** A code found in what a run has seen. Immutable; any loop. */
interface ServerCode {
    /** -1 if there is none. */
    int of(CheckRun run);
}
