/** Time. Nobody else calls {@code System.nanoTime()} or {@code System.currentTimeMillis()}; tests move the clock. */
package dev.weir.clock;
