/**
 * A run: virtual users on the loops, when they send, what is counted. {@link dev.weir.load.run.Run} is the way in, on the main
 * thread; {@link dev.weir.load.run.LoopWork} and all below it belong to one loop each and need no lock.
 */
package dev.weir.load.run;
