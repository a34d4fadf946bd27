/**
 * Sessions of {@code mode http}. Read {@link dev.weir.proxy.http.HttpSession} first, a client connection with one request after the
 * other; then {@link dev.weir.proxy.http.Exchange}, which is what happens to one request, in order.
 *
 * <p>Thread: a virtual thread of the loop, from the first byte of a request until its response has been sent; between requests a
 * connection has none.
 */
package dev.weir.proxy.http;
