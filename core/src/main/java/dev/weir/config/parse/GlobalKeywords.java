package dev.weir.config.parse;

import dev.weir.config.model.GlobalSection.ProcessLog;
import dev.weir.config.model.LogLine;
import dev.weir.config.parse.Line.Modifier;
import dev.weir.resolver.AcceptedFamilies;

/** Keywords of {@code global}. */
final class GlobalKeywords {
    private final KeywordTable<GlobalDraft> table = new KeywordTable<>("Global");

    GlobalKeywords() {
        table.manual("3.1");
        process();
        identity();
        stopping();
        names();
        strictness();
        environment();
        logs();
        table.manual("3.2");
        limits();
        threads();
        network();
        buffers();
        bodies();
        sockets();
        StatusCodesKeywords.fill(table);
        NameCaseKeywords.fill(table);
        VariableKeywords.fill(table);
        table.supported(
                "unix-bind",
                0,
                "`prefix`, `mode`, `user`, `uid`, `group` and `gid` for UNIX sockets of `bind` lines",
                UnixBindKeyword::parse);
        StatsKeywords.describe(table);
        ServerStateKeywords.fillGlobal(table);
        KnownGlobalKeywords.fill(table);
    }

    KeywordTable<GlobalDraft> table() {
        return table;
    }

    private void process() {
        table.supported("daemon", 0, "runs in the background", (global, line) -> global.daemon = true);
        table.supported(
                "pidfile",
                0,
                "file that the process id is written to",
                (global, line) -> global.pidFile = line.argument("a file name"));
        table.supported(
                "default-path",
                0,
                "where relative names of files in what follows begin: `current` (where the process was started, or `-C`), `config`"
                        + " (where the file is that names them), `parent` (one above) or `origin` and a folder; not those of sockets,"
                        + " of `pidfile` and of what a process before this one has left",
                (global, line) -> global.defaultPath.parse(line));
    }

    private void identity() {
        table.supported("user", 0, "user to run as", (global, line) -> global.user = line.argument("a user name"));
        table.supported("group", 0, "group to run as", (global, line) -> global.group = line.argument("a group name"));
        table.supported(
                "uid",
                0,
                "user to run as, by number",
                (global, line) -> global.uid = line.integer(0, Integer.MAX_VALUE, -1));
        table.supported(
                "gid",
                0,
                "group to run as, by number",
                (global, line) -> global.gid = line.integer(0, Integer.MAX_VALUE, -1));
    }

    private void stopping() {
        table.supported(
                "hard-stop-after",
                0,
                "longest time that a soft stop may take",
                (global, line) -> global.hardStopAfterMs = Math.max(0, line.time(1)));
        table.supported(
                "grace",
                0,
                "time between a soft stop and the closing of listeners",
                (global, line) -> global.graceMs = Math.max(0, line.time(1)));
        table.supported(
                "close-spread-time",
                0,
                "time over which a soft stop closes HTTP clients' connections; `infinite`: they close them themselves",
                GlobalKeywords::closeSpread);
    }

    private void names() {
        table.supported(
                "node",
                0,
                "name of the machine in statistics",
                (global, line) -> global.node = line.argument("a name"));
        table.supported("description", 0, "text for statistics", (global, line) -> global.description = line.text());
        table.supported("localpeer", 0, "name of this peer", (global, line) -> {
            global.localPeer = line.argument("a name");
            global.environment.set("HAPROXY_LOCALPEER", global.localPeer);
        });
    }

    private void strictness() {
        table.supported("zero-warning", 0, "a warning is an error", (global, line) -> global.zeroWarning = true);
        table.supported(
                "expose-experimental-directives",
                0,
                "allows `http-request normalize-uri`",
                (global, line) -> global.allowsExperiments = true);
        table.supported("quiet", 0, "no messages at start", (global, line) -> global.quiet = true);
    }

    private static void closeSpread(GlobalDraft global, Line line) {
        global.closeSpreadMs = line.accept("infinite") ? -1 : Math.max(0, line.time(1));
    }

    private void environment() {
        table.supported("setenv", 0, "sets an environment variable", (global, line) -> {
            String name = line.argument("a name and a value");
            global.environment.set(name, line.next());
        });
        table.supported("presetenv", 0, "sets an environment variable unless it is set", (global, line) -> {
            String name = line.argument("a name and a value");
            global.environment.preset(name, line.next());
        });
        table.supported(
                "unsetenv",
                0,
                "removes environment variables",
                (global, line) -> line.rest().forEach(global.environment::unset));
        table.supported(
                "resetenv",
                0,
                "removes all environment variables but the named ones",
                (global, line) -> global.environment.reset(line.rest()));
    }

    private void logs() {
        table.supported("log", 0, "a target of logs", GlobalKeywords::log);
        table.supported(
                "log-tag",
                0,
                "the program name in syslog messages",
                (global, line) -> global.logTag = line.argument("a tag for use in syslog"));
        table.supported(
                "log-send-hostname",
                0,
                "puts a host name into syslog messages",
                (global, line) -> global.sendHostname = line.hasNext() ? line.next() : ProcessLog.OF_MACHINE);
    }

    private static void log(GlobalDraft global, Line line) {
        if (line.isNegated()) {
            global.logs.clear();
        } else if (line.accept("global")) {
            line.alert("'log' : 'global' is not supported for a global syslog server");
        } else {
            LogLine log = LogKeyword.parse(global.environment, line);
            if (log != null) {
                global.logs.add(log);
            }
        }
    }

    private void limits() {
        table.supported(
                "maxconn",
                0,
                "concurrent connections of the process",
                (global, line) -> global.maxConn = line.integer(0, Integer.MAX_VALUE, 0));
        table.supported(
                "ulimit-n",
                0,
                "open files of the process",
                (global, line) -> global.ulimitN = line.integer(0, Integer.MAX_VALUE, 0));
        table.supported(
                "fd-hard-limit",
                0,
                "most open files that the process takes, whatever the system's hard limit is",
                (global, line) -> global.fdHardLimit = line.integer(0, Integer.MAX_VALUE, 0));
        table.supported(
                "maxconnrate",
                0,
                "new connections per second",
                (global, line) -> global.maxConnRate = line.integer(0, Integer.MAX_VALUE, 0));
        table.supported(
                "maxsessrate",
                0,
                "new sessions per second",
                (global, line) -> global.maxSessRate = line.integer(0, Integer.MAX_VALUE, 0));
        table.supported(
                "maxpipes",
                0,
                "pipes for splicing",
                (global, line) -> global.maxPipes = line.integer(0, Integer.MAX_VALUE, 0));
        table.supported("nosplice", 0, "never splices", (global, line) -> global.splice = false);
        table.supported(
                "strict-limits",
                0,
                "a limit that cannot be set ends the start",
                (global, line) -> global.strictLimits = line.modifier() != Modifier.NO);
    }

    private void threads() {
        table.supported("nbthread", 0, "event loops", GlobalKeywords::threadCount);
        table.supported(
                "thread-hard-limit",
                0,
                "most event loops, whatever `nbthread` or the machine say",
                (global, line) -> global.threadCountMax = line.integer(1, 1024, 0));
        table.supported("cpu-map", 0, "CPUs of event loops", CpuMapKeyword::parse);
        table.supported(
                "busy-polling",
                0,
                "looks for events without sleeping",
                (global, line) -> global.busyPolling = line.modifier() == Modifier.NONE);
        table.supported(
                "spread-checks",
                0,
                "randomness of check intervals, in percent",
                (global, line) -> global.spreadChecksPercent = line.integer(0, 50, 0));
        table.supported(
                "max-spread-checks",
                0,
                "longest time over which first checks are spread",
                (global, line) -> global.maxSpreadChecksMs = Math.max(0, line.time(1)));
    }

    private void network() {
        table.supported(
                "noreuseport",
                0,
                "one socket for each address, so that another process cannot listen there, too; one event loop accepts",
                (global, line) -> global.reusesPorts = false);
        table.supported(
                "harden.reject-privileged-ports.tcp",
                0,
                "`on`: connections from ports below 1024 are closed at once",
                GlobalKeywords::privilegedPorts);
        table.supported(
                "dns-accept-family",
                0,
                "which addresses name servers are asked for at run time: a list of `ipv4` and `ipv6`, or `auto`: IPv4, and IPv6 while"
                        + " there is a way to it",
                GlobalKeywords::acceptedFamilies);
        table.supported(
                "pp2-never-send-local",
                0,
                "PROXY headers of checks say PROXY rather than LOCAL, as for HAProxy 2.0's peers",
                (global, line) -> global.neverSendsLocal = true);
    }

    /** Empty parts are none, but for the first. */
    private static void acceptedFamilies(GlobalDraft global, Line line) {
        String list = line.next();
        boolean isIpv4 = false;
        boolean isIpv6 = false;
        boolean isAuto = false;
        for (String family : list.split(",")) {
            switch (family) {
                case "ipv4" -> isIpv4 = true;
                case "ipv6" -> isIpv6 = true;
                case "auto" -> isAuto = true;
                default ->
                    line.alertSubject("expects a comma-delimited list of 'ipv4' and 'ipv6' but got '" + list + "'.");
            }
        }
        global.acceptedFamilies = isAuto
                ? AcceptedFamilies.AUTO
                : isIpv4 && isIpv6 ? AcceptedFamilies.BOTH : isIpv6 ? AcceptedFamilies.IPV6 : AcceptedFamilies.IPV4;
    }

    private static void privilegedPorts(GlobalDraft global, Line line) {
        String word = line.next();
        global.rejectsPrivilegedPorts = word.equals("on");
        if (!word.equals("on") && !word.equals("off")) {
            line.alertSubject("expects either 'on' or 'off'.");
        }
    }

    private static void threadCount(GlobalDraft global, Line line) {
        if (!global.isFirst) {
            line.alert(
                    "'nbthread' not allowed if a non-global section was previously defined. This parameter must be declared"
                            + " in the first global section");
        }
        global.threadCount = line.integer(1, 1024, 0);
    }

    private void buffers() {
        table.supported(
                "tune.bufsize",
                0,
                "bytes of a receive buffer",
                (global, line) -> global.bufferBytes = line.size(1024, 1 << 24, 0));
        table.supported(
                "tune.stick-counters",
                0,
                "entries of stick tables that a stream can track",
                (global, line) -> global.stickCounters = line.integer(0, 1000, 3));
        table.supported(
                "tune.maxrewrite",
                0,
                "bytes of a buffer that are kept free for what rules add to a head",
                (global, line) -> global.rewriteBytes = line.integer(0, 1 << 24, 0));
        table.supported(
                "tune.http.maxhdr",
                0,
                "fields in a head, one more than there may be",
                (global, line) -> global.headersMax = line.integer(1, 32767, 0));
        table.supported(
                "tune.http.logurilen",
                0,
                "bytes of a request line that logs show",
                (global, line) -> global.logUriBytes = line.integer(1, 1 << 24, 1023));
        table.supported(
                "tune.http.cookielen",
                0,
                "bytes of a captured cookie",
                (global, line) -> global.cookieBytesMax = line.integer(0, 1 << 24, 63));
    }

    private void bodies() {
        table.supported(
                "h1-accept-payload-with-any-method",
                0,
                "HTTP/1.0 requests by GET, HEAD and DELETE may have a body",
                (global, line) -> global.acceptsAnyPayload = true);
        table.supported(
                "h1-do-not-close-on-insecure-transfer-encoding",
                0,
                "connections outlive messages with Transfer-Encoding and Content-Length",
                (global, line) -> global.keepsInsecure = true);
    }

    private void sockets() {
        table.withoutEffect("a loop takes the connections that the kernel has", "tune.maxaccept");
        table.withoutEffect("pipes have the size that the kernel gives them", "tune.pipesize");
        table.supported(
                "tune.rcvbuf.client",
                0,
                "receive buffer of clients' sockets",
                (global, line) -> global.clientReceiveBytes = line.size(0, Integer.MAX_VALUE, 0));
        table.supported(
                "tune.sndbuf.client",
                0,
                "send buffer of clients' sockets",
                (global, line) -> global.clientSendBytes = line.size(0, Integer.MAX_VALUE, 0));
        table.supported(
                "tune.rcvbuf.server",
                0,
                "receive buffer of servers' sockets",
                (global, line) -> global.serverReceiveBytes = line.size(0, Integer.MAX_VALUE, 0));
        table.supported(
                "tune.sndbuf.server",
                0,
                "send buffer of servers' sockets",
                (global, line) -> global.serverSendBytes = line.size(0, Integer.MAX_VALUE, 0));
    }

    /** One line of the section. */
    void parse(GlobalDraft global, Line line) {
        var keyword = table.take(line);
        if (keyword == null) {
            String word = line.next();
            var nearest = table.nearest(word);
            SectionKeywords.NAMES.forEach(nearest::offer);
            line.alert("unknown keyword '" + word + "' in 'global' section" + nearest.hint());
            return;
        }
        table.apply(keyword, global, line, keyword.name());
        line.end();
    }
}
