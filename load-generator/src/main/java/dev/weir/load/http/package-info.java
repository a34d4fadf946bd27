/**
 * HTTP/1.1 as a client speaks it: requests made once, answers read where they lie. Own code, so that no mistake of the proxy's
 * codec is repeated here. Threads: requests and expectations are shared, the rest belongs to one connection.
 */
package dev.weir.load.http;
