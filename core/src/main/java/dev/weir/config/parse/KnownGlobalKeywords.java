package dev.weir.config.parse;

/** Global keywords of HAProxy's that change nothing here, that are refused, or that HAProxy itself has removed. */
final class KnownGlobalKeywords {
    private static final String[] CACHE = {
        "maxcompcpuusage",
        "maxcomprate",
        "maxzlibmem",
        "tune.comp.maxlevel",
        "tune.zlib.memlevel",
        "tune.zlib.windowsize"
    };
    private static final String[] CHECKS = {"external-check"};
    private static final String[] HTTP_CLIENT = {
        "httpclient.resolvers.disabled",
        "httpclient.resolvers.id",
        "httpclient.resolvers.prefer",
        "httpclient.retries",
        "httpclient.ssl.ca-file",
        "httpclient.ssl.verify",
        "httpclient.timeout.connect"
    };
    private static final String[] HTTP2 = {
        "h2-workaround-bogus-websocket-clients",
        "tune.h2.be.glitches-threshold",
        "tune.h2.be.initial-window-size",
        "tune.h2.be.max-concurrent-streams",
        "tune.h2.be.max-frames-at-once",
        "tune.h2.be.rxbuf",
        "tune.h2.fe.glitches-threshold",
        "tune.h2.fe.initial-window-size",
        "tune.h2.fe.max-concurrent-streams",
        "tune.h2.fe.max-frames-at-once",
        "tune.h2.fe.max-rst-at-once",
        "tune.h2.fe.max-total-streams",
        "tune.h2.fe.rxbuf",
        "tune.h2.header-table-size",
        "tune.h2.initial-window-size",
        "tune.h2.log-errors",
        "tune.h2.max-concurrent-streams",
        "tune.h2.max-frame-size",
        "tune.h2.zero-copy-fwd-send"
    };
    private static final String[] LUA = {"lua-load", "lua-load-per-thread", "lua-prepend-path"};
    private static final String[] LUA_TUNING = {
        "tune.lua.bool-sample-conversion",
        "tune.lua.burst-timeout",
        "tune.lua.forced-yield",
        "tune.lua.log.loggers",
        "tune.lua.log.stderr",
        "tune.lua.maxmem",
        "tune.lua.service-timeout",
        "tune.lua.session-timeout",
        "tune.lua.task-timeout"
    };
    private static final String[] QUIC = {
        "harden.reject-privileged-ports.quic",
        "limited-quic",
        "no-quic",
        "tune.quic.cc-hystart",
        "tune.quic.cc.cubic.min-losses",
        "tune.quic.disable-tx-pacing",
        "tune.quic.disable-udp-gso",
        "tune.quic.frontend.conn-tx-buffers.limit",
        "tune.quic.frontend.default-max-window-size",
        "tune.quic.frontend.glitches-threshold",
        "tune.quic.frontend.max-data-size",
        "tune.quic.frontend.max-idle-timeout",
        "tune.quic.frontend.max-streams-bidi",
        "tune.quic.frontend.max-tx-mem",
        "tune.quic.frontend.stream-data-ratio",
        "tune.quic.max-frame-loss",
        "tune.quic.reorder-ratio",
        "tune.quic.retry-threshold",
        "tune.quic.socket-owner",
        "tune.quic.zero-copy-fwd-send"
    };
    private static final String[] STICKINESS = {"cluster-secret", "tune.peers.max-updates-at-once"};
    private static final String[] TLS = {
        "acme.scheduler",
        "ca-base",
        "crt-base",
        "issuers-chain-path",
        "key-base",
        "maxsslconn",
        "maxsslrate",
        "ocsp-update.disable",
        "ocsp-update.httpproxy",
        "ocsp-update.maxdelay",
        "ocsp-update.mindelay",
        "ocsp-update.mode",
        "ssl-default-bind-ciphers",
        "ssl-default-bind-ciphersuites",
        "ssl-default-bind-client-sigalgs",
        "ssl-default-bind-curves",
        "ssl-default-bind-options",
        "ssl-default-bind-sigalgs",
        "ssl-default-server-ciphers",
        "ssl-default-server-ciphersuites",
        "ssl-default-server-client-sigalgs",
        "ssl-default-server-curves",
        "ssl-default-server-options",
        "ssl-default-server-sigalgs",
        "ssl-dh-param-file",
        "ssl-engine",
        "ssl-load-extra-del-ext",
        "ssl-load-extra-files",
        "ssl-mode-async",
        "ssl-propquery",
        "ssl-provider",
        "ssl-provider-path",
        "ssl-security-level",
        "ssl-server-verify",
        "ssl-skip-self-issued-ca",
        "tune.ssl.cachesize",
        "tune.ssl.capture-buffer-size",
        "tune.ssl.capture-cipherlist-size",
        "tune.ssl.certificate-compression",
        "tune.ssl.default-dh-param",
        "tune.ssl.force-private-cache",
        "tune.ssl.hard-maxrecord",
        "tune.ssl.keylog",
        "tune.ssl.lifetime",
        "tune.ssl.maxrecord",
        "tune.ssl.ocsp-update.maxdelay",
        "tune.ssl.ocsp-update.mindelay",
        "tune.ssl.ssl-ctx-cache-size"
    };
    private static final String[] VENDOR = {
        "51degrees-allow-unmatched",
        "51degrees-cache-size",
        "51degrees-data-file",
        "51degrees-difference",
        "51degrees-drift",
        "51degrees-property-name-list",
        "51degrees-property-separator",
        "51degrees-use-performance-graph",
        "51degrees-use-predictive-graph",
        "deviceatlas-json-file",
        "deviceatlas-log-level",
        "deviceatlas-properties-cookie",
        "deviceatlas-separator",
        "wurfl-cache-size",
        "wurfl-data-file",
        "wurfl-information-list",
        "wurfl-information-list-separator"
    };
    private static final String[] TUNING = {
        "tune.applet.zero-copy-forwarding",
        "tune.buffers.limit",
        "tune.buffers.reserve",
        "tune.bufsize.small",
        "tune.chksize",
        "tune.disable-fast-forward",
        "tune.disable-zero-copy-forwarding",
        "tune.epoll.mask-events",
        "tune.events.max-events-at-once",
        "tune.fail-alloc",
        "tune.h1.zero-copy-fwd-recv",
        "tune.h1.zero-copy-fwd-send",
        "tune.fd.edge-triggered",
        "tune.glitches.kill.cpu-usage",
        "tune.idle-pool.shared",
        "tune.idletimer",
        "tune.listener.default-shards",
        "tune.listener.multi-queue",
        "tune.max-checks-per-thread",
        "tune.max-rules-at-once",
        "tune.maxpollevents",
        "tune.memory.hot-size",
        "tune.notsent-lowat.client",
        "tune.notsent-lowat.server",
        "tune.pattern.cache-size",
        "tune.pool-high-fd-ratio",
        "tune.pool-low-fd-ratio",
        "tune.pt.zero-copy-forwarding",
        "tune.rcvbuf.backend",
        "tune.rcvbuf.frontend",
        "tune.recv_enough",
        "tune.renice.runtime",
        "tune.renice.startup",
        "tune.ring.queues",
        "tune.runqueue-depth",
        "tune.sched.low-latency",
        "tune.sndbuf.backend",
        "tune.sndbuf.frontend",
        "tune.takeover-other-tg-connections"
    };
    private static final String[] POLLERS = {"noepoll", "noevports", "nogetaddrinfo", "nokqueue", "nopoll"};
    private static final String[] MACHINE = {
        "debug.counters",
        "force-cfg-parser-pause",
        "insecure-fork-wanted",
        "insecure-setuid-wanted",
        "no-memory-trimming",
        "numa-cpu-mapping",
        "prealloc-fd",
        "profiling.memory",
        "profiling.tasks",
        "set-dumpable",
        "stress-level",
        "warn-blocked-traffic-after"
    };

    private KnownGlobalKeywords() {}

    static void fill(KeywordTable<GlobalDraft> table) {
        table.withoutEffect("it tunes internals of HAProxy's", TUNING);
        table.withoutEffect("it has other ways to wait for events and to resolve names", POLLERS);
        table.withoutEffect("it is about HAProxy's own process", MACHINE);
        table.withoutEffect("one process does the work of master and worker", "master-worker", "mworker-max-reloads");
        table.withoutEffect("no keyword needs it here", "expose-deprecated-directives");
        table.withoutEffect("there is no compression here: `compression` and its filters are refused", CACHE);
        table.known(Topic.CHECKS, CHECKS);
        table.withoutEffect("there is no HTTP/2 here", HTTP2);
        table.known(Topic.LUA, LUA);
        table.withoutEffect("there is no Lua here: `lua-load` is refused", LUA_TUNING);
        table.withoutEffect("nothing here asks other servers by itself", HTTP_CLIENT);
        table.withoutEffect(
                "event loops are one group, and `cpu-map` gives them their CPUs",
                "cpu-policy",
                "thread-group",
                "thread-groups");
        table.refused(
                Topic.PROCESS,
                "cpu-set",
                "`cpu-map` gives event loops their CPUs, and systemd's CPUAffinity= or taskset the process");
        table.refused(
                Topic.PROCESS,
                "chroot",
                "a JVM loads code from its own files for as long as it runs; systemd's RootDirectory= or ProtectSystem=strict, or a"
                        + " container, confine it with them");
        table.refused(
                Topic.PROCESS,
                "setcap",
                "who starts the process gives it capabilities: systemd's AmbientCapabilities=, or capsh");
        table.withoutEffect("there is no QUIC here: addresses that ask for it are refused", QUIC);
        table.refused(
                Topic.STATE,
                "shm-stats-file",
                "there is one process, which keeps its counters over a reload; `stats-file` takes them into another");
        table.known(Topic.STICKINESS, STICKINESS);
        table.withoutEffect("there is no TLS here: lines with `ssl` are refused", TLS);
        table.known(Topic.VENDOR, VENDOR);
        table.removed(
                "since HAProxy 2.5. Threads will automatically be used on multi-processor machines if available.",
                "nbproc");
    }
}
