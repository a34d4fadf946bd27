/** Statistics as HAProxy shows them: rows for frontends, listeners, servers and backends, and the forms they are written in. */
package dev.weir.cli.stat;
