/**
 * Explains what would become of a request: a made-up one is led through the rules of a configuration, which are the same objects
 * that traffic is led through, and what they look at is written down. It works on a compilation of its own whose stick tables
 * and variables are copies, so nothing that runs changes. Thread: the command's own.
 */
package dev.weir.cli.explain;
