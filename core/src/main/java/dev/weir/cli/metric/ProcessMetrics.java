package dev.weir.cli.metric;

import static dev.weir.cli.stat.InfoField.*;

import dev.weir.cli.RuntimeControl;
import dev.weir.cli.stat.InfoField;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The metrics of the process, with the names and types of HAProxy 3.2's exporter and in its order. What belongs to parts that are
 * not here (TLS, compression, peers) is 0, as it is in an HAProxy that does not use them.
 */
final class ProcessMetrics {
    static final List<ProcessMetric> ALL = all();

    private ProcessMetrics() {}

    private static List<ProcessMetric> all() {
        Table table = new Table();
        table.gauge("nbthread", NBTHREAD);
        table.gauge("nbproc", NBPROC);
        table.gauge("relative_process_id", PROCESS_NUM);
        table.gauge("uptime_seconds", UPTIME_SEC);
        table.zero("pool_failures_total", true);
        table.gauge("max_fds", ULIMIT_N);
        table.gauge("max_sockets", MAXSOCK);
        table.gauge("max_connections", MAXCONN);
        table.gauge("hard_max_connections", HARD_MAXCONN);
        table.gauge("current_connections", CURRCONNS);
        table.counter("connections_total", CUMCONNS);
        table.counter("requests_total", CUMREQ);
        table.zeros(false, "max_ssl_connections", "current_ssl_connections");
        table.zero("ssl_connections_total", true);
        table.gauge("max_pipes", MAXPIPES);
        table.counter("pipes_used_total", PIPESUSED);
        table.counter("pipes_free_total", PIPESFREE);
        table.gauge("current_connection_rate", CONNRATE);
        table.gauge("limit_connection_rate", CONNRATELIMIT);
        table.gauge("max_connection_rate", MAXCONNRATE);
        table.gauge("current_session_rate", SESSRATE);
        table.gauge("limit_session_rate", SESSRATELIMIT);
        table.gauge("max_session_rate", MAXSESSRATE);
        table.zeros(
                false,
                "current_ssl_rate",
                "limit_ssl_rate",
                "max_ssl_rate",
                "current_frontend_ssl_key_rate",
                "max_frontend_ssl_key_rate",
                "frontend_ssl_reuse",
                "current_backend_ssl_key_rate",
                "max_backend_ssl_key_rate");
        table.zeros(
                true,
                "ssl_cache_lookups_total",
                "ssl_cache_misses_total",
                "http_comp_bytes_in_total",
                "http_comp_bytes_out_total");
        table.zeros(false, "limit_http_comp", "current_zlib_memory", "max_zlib_memory");
        table.gauge("current_tasks", TASKS);
        table.gauge("current_run_queue", RUN_QUEUE);
        table.gauge("idle_time_percent", IDLE_PCT);
        table.text("node", "node", NODE);
        table.text("description", "desc", DESCRIPTION);
        table.gauge("stopping", STOPPING);
        table.gauge("jobs", JOBS);
        table.zero("unstoppable_jobs", false);
        table.gauge("listeners", LISTENERS);
        table.zeros(false, "active_peers", "connected_peers");
        table.counter("dropped_logs_total", DROPPEDLOGS);
        table.zero("busy_polling_enabled", false);
        table.zero("failed_resolutions", true);
        table.counter("bytes_out_total", TOTALBYTESOUT);
        table.counter("spliced_bytes_out_total", TOTALSPLICEDBYTESOUT);
        table.gauge("bytes_out_rate", BYTESOUTRATE);
        table.zero("recv_logs_total", true);
        table.text("build_info", "version", BUILD_INFO);
        table.gauge("max_memory_bytes", MEMMAX_BYTES);
        table.gauge("pool_allocated_bytes", POOLALLOC_BYTES);
        table.gauge("pool_used_bytes", POOLUSED_BYTES);
        table.gauge("start_time_seconds", START_TIME_SEC);
        table.counter("total_warnings", TOTALWARNINGS);
        return List.copyOf(table.metrics);
    }

    /** Collects them. One thread. */
    private static final class Table {
        private final List<ProcessMetric> metrics = new ArrayList<>();

        void add(String name, boolean isCounter, String description, Function<RuntimeControl, String> value) {
            metrics.add(new ProcessMetric(name, null, isCounter, description, value));
        }

        void gauge(String name, InfoField field) {
            add(name, false, field.description(), field::value);
        }

        void counter(String name, InfoField field) {
            add(name, true, field.description(), field::value);
        }

        void text(String name, String label, InfoField field) {
            metrics.add(new ProcessMetric(name, label, false, field.description(), field::value));
        }

        void zero(String name, boolean isCounter) {
            add(name, isCounter, "always 0: there is no such part", control -> "0");
        }

        void zeros(boolean isCounter, String... names) {
            for (String name : names) {
                zero(name, isCounter);
            }
        }
    }
}
