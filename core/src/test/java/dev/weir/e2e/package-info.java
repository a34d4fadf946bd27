/** Whole-program tests: the executable at the root of the repository, real sockets, real signals. Run by {@code mvn verify}. */
package dev.weir.e2e;
