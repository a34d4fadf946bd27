/**
 * HTTP/1.x on the wire, for both sides: heads are parsed in place in received memory, bodies are walked where they lie, heads are
 * written into memory that is sent. Follows RFC 9112, and HAProxy 3.2 where the RFC leaves a choice. No I/O, no thread of its own:
 * each object belongs to one exchange and is reused. Nothing here allocates per message.
 */
package dev.weir.protocol.http1;
