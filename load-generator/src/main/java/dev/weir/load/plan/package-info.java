/** What is to be done: targets, requests, rates, limits. Immutable once made. Knows no sockets. */
package dev.weir.load.plan;
