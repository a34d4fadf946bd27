/** Time. Nobody else calls {@code System.nanoTime()} or {@code System.currentTimeMillis()}; tests move the clock. Any thread. */
package dev.weir.clock;
