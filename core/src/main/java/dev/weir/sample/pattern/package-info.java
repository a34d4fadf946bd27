/**
 * Patterns that values are compared with, for ACLs and maps alike: exact strings and prefixes by hash, addresses by longest
 * prefix, the rest in order. Compiled once, immutable, shared by all loops; matching allocates nothing.
 */
package dev.weir.sample.pattern;
