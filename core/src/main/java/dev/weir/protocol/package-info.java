/** Wire formats, for both sides. Know nothing of rules, servers or configuration, and do no I/O. */
package dev.weir.protocol;
