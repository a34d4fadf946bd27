/**
 * Wire formats, for both sides. Know nothing of rules, servers or configuration, and do no I/O. Whoever has a message has its objects;
 * what is shared is immutable.
 */
package dev.weir.protocol;
