/**
 * What HTTP messages are whatever their version: heads, fields, methods, status codes. Codecs fill heads and write them; rules read
 * and change them in between. Knows no connection. Thread: the owner of the exchange.
 */
package dev.weir.protocol.http;
