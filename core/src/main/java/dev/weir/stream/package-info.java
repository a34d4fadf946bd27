/**
 * The facts of one exchange that rules, expressions and logs may see. No I/O, and no knowledge of who fills them: the views of
 * frontends, backends and servers are interfaces that {@code proxy} and {@code server} implement.
 *
 * <p>Threads: a stream belongs to its session's virtual thread. Views may be read by any thread; figures may lag.
 */
package dev.weir.stream;
