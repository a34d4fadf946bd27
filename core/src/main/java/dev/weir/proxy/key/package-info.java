/**
 * What of a session decides for balancing algorithms that hash, one file for each: the client's address, the value of an
 * expression, the target, a query parameter or a field of an HTTP request, an RDP cookie. Same key, same number as HAProxy.
 *
 * <p>Threads: keys are immutable and used by all loops; the stream and the scratch are the caller's.
 */
package dev.weir.proxy.key;
