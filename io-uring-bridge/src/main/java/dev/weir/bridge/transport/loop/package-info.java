/**
 * What both transports share: the turn of an event loop, its virtual threads and its timers.
 *
 * <p>Threads: everything belongs to the loop's own thread, except the hand-over queue and what says otherwise.
 */
package dev.weir.bridge.transport.loop;
