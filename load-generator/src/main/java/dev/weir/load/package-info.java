/**
 * A load generator for HTTP and TCP on the event loops of io-uring-bridge. It knows nothing of the proxy: a judge does not use
 * the defendant's parser.
 */
package dev.weir.load;
