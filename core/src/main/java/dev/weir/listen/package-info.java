/**
 * Where connections come in: bind addresses as listeners on every loop, and the limits on how many may be inside.
 *
 * <p>Threads: opened and closed by the thread that boots or reloads; gates are entered by sessions of all loops.
 */
package dev.weir.listen;
