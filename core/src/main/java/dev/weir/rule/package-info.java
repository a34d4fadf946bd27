/**
 * Rules of TCP ({@code tcp-request connection|session|content}, {@code tcp-response content}), of HTTP ({@code http-request},
 * {@code http-response}, {@code http-after-response}, {@code redirect}), {@code use_backend} and {@code use-server}. A rule set gives a
 * verdict, edits heads in place and does no I/O: the session does what the verdict says. Compiled once, immutable, shared by all
 * loops; evaluation allocates nothing.
 */
package dev.weir.rule;
