/**
 * Answers that the proxy gives in place of a server: error pages, redirections, requests for credentials, and what {@code return}
 * rules say. Compiled once, immutable, shared by all loops; writing one fills a head and a body and does no I/O.
 */
package dev.weir.rule.reply;
