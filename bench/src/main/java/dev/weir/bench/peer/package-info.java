/** A relay on Netty's io_uring transport, written as Netty's own proxy example is: the JVM's usual way to do this, as a mark beside the products. A process of its own. */
package dev.weir.bench.peer;
