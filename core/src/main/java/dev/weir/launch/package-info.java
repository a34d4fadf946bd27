/**
 * The executable: command line, messages at start, exit codes, boot order, signals. Enter at {@link dev.weir.launch.Main}.
 *
 * <p>Threads: the main thread.
 */
package dev.weir.launch;
