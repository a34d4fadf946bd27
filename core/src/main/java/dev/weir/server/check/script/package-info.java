/**
 * The conversation of a health check: a script of steps (connect, send, expect, set a variable), how configurations write it, and
 * its run against a server on a virtual thread. All kinds of checks are scripts: the plain one has the single step of connecting,
 * those of known protocols are built in. Enter at {@link dev.weir.server.check.script.ScriptProbe} and
 * {@link dev.weir.server.check.script.ScriptParser}.
 *
 * <p>Texts of the server and of configurations are byte strings: one char is one byte.
 *
 * <p>Threads: scripts are immutable; a run belongs to its check's virtual thread.
 */
package dev.weir.server.check.script;
