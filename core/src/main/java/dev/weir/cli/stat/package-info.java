/**
 * Statistics as HAProxy shows them: rows for frontends, listeners, servers and backends, and the forms they are written in. Threads:
 * those of commands and of answers of the process; what they read the loops go on counting.
 */
package dev.weir.cli.stat;
