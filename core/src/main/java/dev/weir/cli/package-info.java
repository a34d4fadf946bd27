/**
 * The runtime API: commands on the {@code stats socket}. Connections are read and written on an event loop; a command runs on a
 * thread of its own, so that a long answer or a client that does not read holds up nobody. HAProxy management manual, chapter 9.
 */
package dev.weir.cli;
