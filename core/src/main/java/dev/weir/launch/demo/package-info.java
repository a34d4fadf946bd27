/**
 * {@code weir demo}: three origins in this process, a configuration for them, and what happens shown in the terminal. The
 * proxy itself is started as for any file. Nothing else depends on this package.
 */
package dev.weir.launch.demo;
