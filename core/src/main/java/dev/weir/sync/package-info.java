/** Locks that suit event loops: held for nanoseconds, never across a wait. Any thread. */
package dev.weir.sync;
