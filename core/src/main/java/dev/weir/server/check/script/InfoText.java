package dev.weir.server.check.script;

/** A text made of what a run has seen. Immutable; any loop. */
interface InfoText {
    /** Null if there is nothing to say. */
    String of(CheckRun run);
}
