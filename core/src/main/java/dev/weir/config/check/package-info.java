/**
 * What no single line can know: references between sections, unique names and ids, settings that contradict each other, names
 * that have to be resolved at start. Reads the model only. Enter at {@link dev.weir.config.check.ConfigurationChecks}.
 *
 * <p>Threads: single-threaded; resolving names blocks.
 */
package dev.weir.config.check;
