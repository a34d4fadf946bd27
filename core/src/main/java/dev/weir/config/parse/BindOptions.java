package dev.weir.config.parse;

import dev.weir.cli.CliState.SeverityOutput;
import dev.weir.cli.Level;
import dev.weir.config.model.AddressSpec;
import dev.weir.config.model.BindLine.FamilyUse;
import dev.weir.config.parse.AddressParser.Ports;
import dev.weir.sample.Quantity;

/** Options of {@code bind} lines. */
final class BindOptions {
    private static final String[] TLS = {
        "ssl",
        "allow-0rtt",
        "alpn",
        "ca-file",
        "ca-ignore-err",
        "ca-sign-file",
        "ca-sign-pass",
        "ca-verify-file",
        "ciphers",
        "ciphersuites",
        "client-sigalgs",
        "crl-file",
        "crt",
        "crt-ignore-err",
        "crt-list",
        "curves",
        "default-crt",
        "ecdhe",
        "force-sslv3",
        "force-tlsv10",
        "force-tlsv11",
        "force-tlsv12",
        "force-tlsv13",
        "generate-certificates",
        "no-alpn",
        "no-ca-names",
        "no-sslv3",
        "no-strict-sni",
        "no-tls-tickets",
        "no-tlsv10",
        "no-tlsv11",
        "no-tlsv12",
        "no-tlsv13",
        "npn",
        "prefer-client-ciphers",
        "sigalgs",
        "ssl-max-ver",
        "ssl-min-ver",
        "strict-sni",
        "tls-ticket-keys",
        "tls-tickets",
        "verify"
    };

    private BindOptions() {}

    static KeywordTable<BindDraft> table() {
        var table = new KeywordTable<BindDraft>("Options of `bind` lines").manual("5.1");
        identity(table);
        sockets(table);
        unix(table);
        table.known(Topic.TLS, TLS);
        runtime(table);
        table.known(Topic.HTTP2, "idle-ping", "proto", "nbconn");
        table.known(Topic.NETWORK, "accept-netscaler-cip", "namespace");
        table.known(Topic.QUIC, "quic-cc-algo", "quic-force-retry", "quic-socket");
        table.removed("since HAProxy 2.7, please use 'thread' instead.", "process");
        return table;
    }

    /** What only {@code stats socket} means something by. */
    private static void runtime(KeywordTable<BindDraft> table) {
        table.supported("level", 0, "of `stats socket`: `user`, `operator` or `admin`", (bind, line) -> {
            bind.level = line.argument("'user', 'operator' or 'admin'");
            if (Level.of(bind.level) == null) {
                line.alert("'level' only supports 'user', 'operator', and 'admin' (got '" + bind.level + "').");
                bind.level = "";
            }
        });
        table.supported(
                "expose-fd",
                0,
                "of `stats socket`: a new process may take the listening sockets there (`-x`)",
                (bind, line) -> {
                    String what = line.argument("'listeners'");
                    bind.exposesListeners = what.equals("listeners");
                    if (!bind.exposesListeners) {
                        line.alert("'expose-fd' only supports 'listeners' (got '" + what + "').");
                    }
                });
        table.supported(
                "severity-output",
                0,
                "of `stats socket`: how its messages begin: `none`, `number` or `string`",
                BindOptions::severityOutput);
    }

    private static void severityOutput(BindDraft bind, Line line) {
        String form = line.argument("'none', 'number' or 'string'");
        bind.severityOutput = SeverityOutput.of(form);
        if (bind.severityOutput == null) {
            line.alert("'severity-output' only supports 'none', 'number', and 'string' (got '" + form + "').");
            bind.severityOutput = SeverityOutput.NONE;
        }
    }

    private static void identity(KeywordTable<BindDraft> table) {
        table.supported(
                "name",
                0,
                "name of the listeners in statistics and logs",
                (bind, line) -> bind.name = line.argument("a name"));
        table.supported(
                "label",
                0,
                "a word for people, which the statistics page shows with the listener's address (`stats show-legends`)",
                (bind, line) -> bind.label = line.argument("a label"));
        table.supported(
                "guid-prefix",
                0,
                "the listeners' GUIDs are this, `-` and a number from 0; see `guid`",
                (bind, line) -> bind.guidPrefix = line.argument("a prefix"));
        table.supported(
                "id", 0, "numeric id of the listener", (bind, line) -> bind.id = line.integer(1, Integer.MAX_VALUE, 0));
        table.supported(
                "maxconn",
                0,
                "concurrent connections of the listener",
                (bind, line) -> bind.maxConn = line.integer(0, Integer.MAX_VALUE, 0));
        table.supported(
                "backlog",
                0,
                "connections that the kernel holds before they are accepted",
                (bind, line) -> bind.backlog = line.integer(0, Integer.MAX_VALUE, 0));
        table.supported(
                "accept-proxy",
                0,
                "expects a PROXY header, version 1 or 2, on every connection",
                (bind, line) -> bind.acceptProxy = true);
        table.supported(
                "thread",
                0,
                "threads that accept: `all`, a number or a range, with an optional thread group",
                BindOptions::thread);
        table.supported(
                "shards",
                0,
                "accepted without effect: each loop has a socket of its own, or one of them has it",
                BindOptions::shards);
        table.supported("nice", 0, "accepted without effect: a loop serves its connections in turn", BindOptions::nice);
    }

    private static void sockets(KeywordTable<BindDraft> table) {
        table.supported(
                "defer-accept", 0, "accepts when the first data is there", (bind, line) -> bind.deferAccept = true);
        table.supported(
                "interface",
                0,
                "binds to a network interface",
                (bind, line) -> bind.device = line.argument("the interface name"));
        table.supported("mss", 0, "maximum segment size; a negative value is taken off the kernel's", BindOptions::mss);
        table.supported(
                "tcp-ut", 0, "TCP user timeout", (bind, line) -> bind.userTimeoutMs = Math.max(0, line.time(1)));
        table.supported("tfo", 0, "TCP fast open", (bind, line) -> bind.fastOpen = true);
        table.supported(
                "transparent",
                0,
                "takes connections for addresses that are not the machine's",
                (bind, line) -> bind.transparent = true);
        table.supported("v4v6", 0, "an IPv6 wildcard takes IPv4 too", (bind, line) -> bind.families = FamilyUse.BOTH);
        table.supported(
                "v6only", 0, "an IPv6 wildcard takes IPv6 only", (bind, line) -> bind.families = FamilyUse.IPV6_ONLY);
    }

    static void unix(KeywordTable<BindDraft> table) {
        table.supported("mode", 0, "permissions of a UNIX socket, octal", BindOptions::mode);
        table.supported("user", 0, "owner of a UNIX socket", (bind, line) -> bind.user = line.argument("a user name"));
        table.supported(
                "group", 0, "group of a UNIX socket", (bind, line) -> bind.group = line.argument("a group name"));
        table.supported(
                "uid",
                0,
                "owner of a UNIX socket, by number",
                (bind, line) -> bind.uid = line.integer(0, Integer.MAX_VALUE, -1));
        table.supported(
                "gid",
                0,
                "group of a UNIX socket, by number",
                (bind, line) -> bind.gid = line.integer(0, Integer.MAX_VALUE, -1));
    }

    private static void mode(BindDraft bind, Line line) {
        String text = line.next();
        int mode = 0;
        boolean isOctal = !text.isEmpty() && text.length() <= 4;
        for (int i = 0; i < text.length() && isOctal; i++) {
            isOctal = text.charAt(i) >= '0' && text.charAt(i) <= '7';
            mode = mode * 8 + text.charAt(i) - '0';
        }
        if (isOctal) {
            bind.mode = mode;
        } else {
            line.alertSubject(": missing or invalid mode '" + text + "' (octal integer expected)");
        }
    }

    private static void mss(BindDraft bind, Line line) {
        String text = line.next();
        boolean isNegative = text.startsWith("-");
        long value = Quantity.integer(isNegative ? text.substring(1) : text);
        if (value < 1 || value > 65535) {
            line.alertSubject(": expects an MSS with and absolute value between 1 and 65535");
            return;
        }
        bind.maxSegmentBytes = (int) (isNegative ? -value : value);
    }

    private static void shards(BindDraft bind, Line line) {
        if (!line.accept("by-thread") && !line.accept("by-group")) {
            line.integer(1, 1024, 0);
        }
        line.notice("'shards' has no effect in Weir: each loop has a socket of its own");
    }

    private static void nice(BindDraft bind, Line line) {
        line.argument("a number");
        line.notice("'nice' has no effect in Weir: a loop serves its connections in turn");
    }

    private static void thread(BindDraft bind, Line line) {
        String text = line.argument("threads");
        String threads = text.startsWith("1/") ? text.substring(2) : text;
        if (threads.isEmpty() || threads.equals("all")) {
            return;
        }
        int dash = threads.indexOf('-');
        long first = Quantity.integer(dash < 0 ? threads : threads.substring(0, dash));
        long last = dash < 0 ? first : Quantity.integer(threads.substring(dash + 1));
        if (first < 1 || last < first || last > 1024) {
            line.alertSubject(
                    ": invalid threads '" + text + "', a number or a range from 1 to 1024 is expected, or 'all'.");
            return;
        }
        bind.threadFirst = (int) first;
        bind.threadLast = (int) last;
    }

    /** {@code bind <address>[,...] [options]}; the line stands behind {@code bind}. */
    static void parse(KeywordTable<BindDraft> table, ProxyDraft proxy, Line line) {
        String subject = "bind " + line.peek();
        var fresh = new BindDraft(line.at());
        UnixBindKeyword.prepare(proxy.global, fresh);
        var bind = read(table, fresh, proxy.global.environment, proxy.kind.keyword(), "bind", line);
        if (bind == null) {
            return;
        }
        if (bind.id != 0 && !isSingle(bind)) {
            line.alert("'" + subject + "' in section '" + proxy.kind.keyword()
                    + "' : 'id' can only be used with a single socket");
        }
        proxy.binds.add(bind.build());
    }

    /** Addresses and options, as of a {@code bind} or a {@code stats socket} line; null after a complaint. */
    static BindDraft read(
            KeywordTable<BindDraft> table,
            BindDraft bind,
            Environment environment,
            String section,
            String keyword,
            Line line) {
        String list = line.next();
        if (list.isEmpty()) {
            line.alert("'" + keyword + "' expects {<path>|[addr1]:port1[-end1]}{,[addr]:port[-end]}... as arguments.");
            return null;
        }
        if (!addresses(bind, list, environment, line)) {
            line.rest();
            return null;
        }
        String subject = keyword + " " + list;
        while (line.hasNext()) {
            int start = line.cursor();
            var option = table.take(line);
            if (option == null) {
                line.alert("'" + subject + "' in section '" + section + "': unknown keyword '" + line.peek() + "'"
                        + table.hint(line.peek()));
                line.rest();
                return null;
            }
            table.apply(option, bind, line, subject + "' in section '" + section + "' : '" + line.word(start));
        }
        return bind;
    }

    private static boolean isSingle(BindDraft bind) {
        return bind.addresses.size() == 1
                && !(bind.addresses.get(0) instanceof AddressSpec.Inet inet && inet.port() != inet.portLast());
    }

    private static boolean addresses(BindDraft bind, String list, Environment environment, Line line) {
        for (int start = 0; start < list.length(); ) {
            int comma = list.indexOf(',', start);
            int end = comma < 0 ? list.length() : comma;
            var parser = new AddressParser(list.substring(start, end), Ports.RANGE, environment);
            AddressSpec address = parser.parse();
            if (address == null) {
                line.alert("'bind' : " + parser.error());
                return false;
            }
            bind.addresses.add(
                    address instanceof AddressSpec.Unix unix
                            ? new AddressSpec.Unix(unix.text(), bind.pathPrefix + unix.path())
                            : address);
            start = end + 1;
        }
        return true;
    }
}
