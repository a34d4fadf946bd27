/**
 * {@code weir demo}: three origins in this process, a configuration for them, and what happens shown in the terminal. The
 * proxy itself is started as for any file. Nothing else depends on this package. Threads: the main one runs the
 * proxy, one shows it, and the origins have a loop of their own.
 */
package dev.weir.launch.demo;
