package dev.weir.config.parse;

import dev.weir.config.model.AddressSpec;
import dev.weir.config.model.ServerLine.HashKey;
import dev.weir.config.model.ServerLine.InitAddress;
import dev.weir.config.parse.AddressParser.Ports;
import dev.weir.sample.Quantity;
import dev.weir.server.AddressText;
import dev.weir.server.CheckSettings.InitialState;
import dev.weir.server.ObserveSettings.Layer;
import dev.weir.server.ObserveSettings.OnError;
import java.util.ArrayList;
import java.util.List;

/** Options of {@code server}, {@code default-server} and {@code server-template} lines. */
final class ServerOptions {
    private ServerOptions() {}

    static KeywordTable<ServerDraft> table() {
        var table = new KeywordTable<ServerDraft>("Options of `server`, `default-server` and `server-template` lines")
                .manual("5.2");
        load(table);
        identity(table);
        checks(table);
        checkTarget(table);
        observing(table);
        tracking(table);
        AgentOptions.fill(table);
        state(table);
        ProxyHeaderOptions.fill(table);
        connections(table);
        addresses(table);
        pooling(table);
        ServerTlsOptions.fill(table);
        table.known(Topic.HTTP, "pool-conn-name", "proto", "ws");
        table.known(Topic.HTTP2, "idle-ping");
        table.known(
                Topic.CHECKS, "check-pool-conn-name", "check-reuse-pool", "no-check-reuse-pool", "check-via-socks4");
        ResolveOptions.fill(table);
        table.known(Topic.STICKINESS, "shard");
        table.known(Topic.NETWORK, "namespace", "socks4", "usesrc");
        table.known(Topic.LOGGING, "log-bufsize", "log-proto");
        return table;
    }

    private static void load(KeywordTable<ServerDraft> table) {
        table.supported("weight", 0, "share of the load, 0 to 256, 1 unless set", ServerOptions::weight);
        table.supported(
                "backup", 0, "used only when no other server is usable", (server, line) -> server.backup = true);
        table.supported("no-backup", 0, "undoes `backup`", (server, line) -> server.backup = false);
        table.supported(
                "maxconn",
                0,
                "concurrent sessions; more wait in the queue",
                (server, line) -> server.maxConn = line.integer(0, Integer.MAX_VALUE, 0));
        table.supported(
                "minconn",
                0,
                "limit that grows with the backend's load up to `maxconn`",
                (server, line) -> server.minConn = line.integer(0, Integer.MAX_VALUE, 0));
        table.supported(
                "maxqueue",
                0,
                "sessions that may wait for the server",
                (server, line) -> server.maxQueue = line.integer(0, Integer.MAX_VALUE, 0));
        table.supported(
                "strict-maxconn",
                0,
                "in HTTP mode `maxconn` limits connections, those without a request included",
                (server, line) -> server.strictMaxConn = true);
        table.supported(
                "slowstart",
                0,
                "time in which a returning server's weight and `maxconn` grow",
                (server, line) -> server.slowStartMs = (Math.max(0, line.time(1)) + 999) / 1000 * 1000);
    }

    private static void identity(KeywordTable<ServerDraft> table) {
        table.supported("id", 0, "numeric id, unique in its backend; feeds consistent hashing", ServerOptions::id);
        table.supported(
                "guid",
                0,
                "globally unique name, which counters are found by in a `stats-file`",
                (server, line) -> server.guid = line.guid());
        table.supported(
                "cookie",
                0,
                "value of the persistence cookie; see `cookie`",
                (server, line) -> server.cookie = line.argument("a value"));
        table.supported("non-stick", 0, "no key leads to it in stick tables", (server, line) -> server.nonStick = true);
        table.supported("stick", 0, "undoes `non-stick`", (server, line) -> server.nonStick = false);
        table.supported(
                "redir",
                0,
                "a prefix: GET and HEAD are answered by 302 to that and the request's path",
                (server, line) -> server.redirect = line.argument("<prefix>"));
        table.supported(
                "hash-key",
                0,
                "what places it on the consistent hash ring: `id`, `addr` or `addr-port`",
                ServerOptions::hashKey);
    }

    private static void checks(KeywordTable<ServerDraft> table) {
        table.supported(
                "check",
                0,
                "health checks: by connecting, unless an option of the backend says more",
                (server, line) -> server.check = true);
        table.supported("no-check", 0, "undoes `check`", (server, line) -> server.check = false);
        table.supported(
                "inter",
                0,
                "time between checks, 2s unless set",
                (server, line) -> server.interMs = interval(line, server.interMs));
        table.supported(
                "fastinter",
                0,
                "time between checks while the state changes",
                (server, line) -> server.fastInterMs = interval(line, server.fastInterMs));
        table.supported(
                "downinter",
                0,
                "time between checks while the server is down",
                (server, line) -> server.downInterMs = interval(line, server.downInterMs));
        table.supported(
                "rise",
                0,
                "successful checks that bring a server back, 2 unless set",
                (server, line) -> server.rise = line.integer(1, 1_000_000, 2));
        table.supported(
                "fall",
                0,
                "failed checks that take a server out, 3 unless set",
                (server, line) -> server.fall = line.integer(1, 1_000_000, 3));
    }

    private static void checkTarget(KeywordTable<ServerDraft> table) {
        table.supported(
                "port", 0, "port of the checks", (server, line) -> server.checkPort = line.integer(1, 65535, 0));
        table.supported(
                "addr",
                0,
                "address of the checks and of the agent",
                (server, line) -> server.checkAddress = address(server, line));
        table.supported(
                "check-send-proxy",
                0,
                "checks start with a PROXY header",
                (server, line) -> server.checkSendProxy = true);
        table.supported(
                "no-check-send-proxy", 0, "undoes `check-send-proxy`", (server, line) -> server.checkSendProxy = false);
        table.supported("check-proto", 0, "protocol of the checks: `h1`", ServerOptions::checkProtocol);
    }

    private static void tracking(KeywordTable<ServerDraft> table) {
        table.supported(
                "track",
                0,
                "follows the checks of `[<backend>/]<server>`",
                (server, line) -> server.track = line.argument("[<proxy>/]<server>"));
    }

    private static void observing(KeywordTable<ServerDraft> table) {
        table.supported(
                "init-state",
                0,
                "state of a checked server at start: `fully-up`, `up`, `down`, `fully-down`",
                ServerOptions::initialState);
        table.supported("observe", 0, "`layer4`: what connections show counts for its health", ServerOptions::observe);
        table.supported(
                "error-limit",
                0,
                "observed errors in a row that count, 10 unless set",
                (server, line) -> server.errorLimit = line.integer(1, Integer.MAX_VALUE, 10));
        table.supported(
                "on-error", 0, "`fastinter`, `fail-check`, `sudden-death` or `mark-down`", ServerOptions::onError);
    }

    private static void state(KeywordTable<ServerDraft> table) {
        table.supported("disabled", 0, "starts in maintenance", (server, line) -> server.disabled = true);
        table.supported("enabled", 0, "undoes `disabled`", (server, line) -> server.disabled = false);
        table.supported(
                "on-marked-down",
                0,
                "`shutdown-sessions`: ends its sessions when it goes down",
                (server, line) -> server.shutdownSessionsWhenDown = word(line, "shutdown-sessions"));
        table.supported(
                "on-marked-up",
                0,
                "`shutdown-backup-sessions`: ends those of the backups when it is back",
                (server, line) -> server.shutdownBackupSessionsWhenUp = word(line, "shutdown-backup-sessions"));
    }

    private static void connections(KeywordTable<ServerDraft> table) {
        table.supported(
                "source",
                0,
                "address, ports and interface that connections start from",
                (server, line) -> server.source = SourceKeyword.parse(server.environment, line));
        table.supported(
                "tcp-ut", 0, "TCP user timeout", (server, line) -> server.userTimeoutMs = Math.max(0, line.time(1)));
        table.supported("tfo", 0, "TCP fast open", (server, line) -> server.fastOpen = true);
        table.supported("no-tfo", 0, "undoes `tfo`", (server, line) -> server.fastOpen = false);
    }

    private static void pooling(KeywordTable<ServerDraft> table) {
        table.supported(
                "pool-max-conn",
                0,
                "connections that may wait for another request, -1 for any number",
                (server, line) -> server.idleMax = count(line, "pool-max-conn"));
        table.supported(
                "pool-purge-delay",
                0,
                "how often half of those that wait in excess are closed, 5s unless set",
                (server, line) -> server.idlePurgeMs = Math.max(0, line.time(1)));
        table.supported(
                "max-reuse",
                0,
                "how often a connection is used again, -1 for any number of times",
                (server, line) -> server.reuseMax = count(line, "max-reuse"));
        table.withoutEffect(
                "connections that wait stay with their event loop",
                "pool-low-conn",
                0,
                (server, line) -> count(line, "pool-low-conn"));
    }

    /** A number from -1 on. */
    private static int count(Line line, String name) {
        String text = line.next();
        long value = text.equals("-1") ? -1 : Quantity.integer(text);
        if (value < -1 || value > Integer.MAX_VALUE || value < 0 && !text.equals("-1")) {
            line.alertSubject(": '" + name + "' must be >= -1");
            return -1;
        }
        return (int) value;
    }

    private static void addresses(KeywordTable<ServerDraft> table) {
        table.supported(
                "init-addr",
                0,
                "how its name is resolved at start: `last`, `libc`, `none`, addresses",
                ServerOptions::initAddress);
    }

    private static void weight(ServerDraft server, Line line) {
        String text = line.next();
        long weight = Quantity.integer(text);
        if (weight < 0 || weight > 256) {
            line.alertSubject(": weight of server " + server.name + " is not within 0 and 256 (" + text + ").");
            return;
        }
        server.weight = (int) weight;
    }

    private static void id(ServerDraft server, Line line) {
        String text = line.next();
        long id = Quantity.integer(text);
        if (id <= 0 || id > Integer.MAX_VALUE) {
            line.alertSubject(": custom id has to be > 0.");
            return;
        }
        server.id = (int) id;
    }

    static long interval(Line line, long otherwise) {
        String text = line.peek();
        long value = line.time(1);
        if (value == 0) {
            line.alertSubject(": invalid value " + text + " for an interval, it has to be > 0.");
        }
        return value > 0 ? value : otherwise;
    }

    private static boolean word(Line line, String expected) {
        String text = line.next();
        if (!text.equals(expected)) {
            line.alertSubject("expects '" + expected + "' but got '" + text + "'");
        }
        return text.equals(expected);
    }

    private static void initialState(ServerDraft server, Line line) {
        String text = line.next();
        switch (text) {
            case "none" -> server.initialState = InitialState.UP;
            case "fully-up" -> server.initialState = InitialState.FULLY_UP;
            case "up" -> server.initialState = InitialState.UP;
            case "down" -> server.initialState = InitialState.DOWN;
            case "fully-down" -> server.initialState = InitialState.FULLY_DOWN;
            default ->
                line.alertSubject(
                        "expects one of 'none', 'fully-up', 'up', 'down', or 'fully-down' but got '" + text + "'");
        }
    }

    private static void observe(ServerDraft server, Line line) {
        String text = line.next();
        switch (text) {
            case "none" -> server.observed = null;
            case "layer4" -> server.observed = Layer.LAYER4;
            case "layer7" -> server.observed = Layer.LAYER7;
            default -> line.alertSubject("expects one of 'none', 'layer4', 'layer7' but got '" + text + "'");
        }
    }

    private static void onError(ServerDraft server, Line line) {
        String text = line.next();
        switch (text) {
            case "fastinter" -> server.onError = OnError.FASTINTER;
            case "fail-check" -> server.onError = OnError.FAIL_CHECK;
            case "sudden-death" -> server.onError = OnError.SUDDEN_DEATH;
            case "mark-down" -> server.onError = OnError.MARK_DOWN;
            default ->
                line.alertSubject("expects one of 'fastinter', 'fail-check', 'sudden-death' or 'mark-down' but got '"
                        + text + "'");
        }
    }

    private static void hashKey(ServerDraft server, Line line) {
        String text = line.next();
        switch (text) {
            case "id" -> server.hashKey = HashKey.ID;
            case "addr" -> server.hashKey = HashKey.ADDRESS;
            case "addr-port" -> server.hashKey = HashKey.ADDRESS_AND_PORT;
            default -> line.alertSubject("expects 'id', 'addr', or 'addr-port' value");
        }
    }

    private static void checkProtocol(ServerDraft server, Line line) {
        String text = line.argument("a protocol");
        server.checksHttp1 = text.equals("h1");
        if (!server.checksHttp1) {
            line.alertSubject(": '" + text + "' is not supported by this version of Weir");
        }
    }

    static AddressSpec.Inet address(ServerDraft server, Line line) {
        var parser = new AddressParser(line.argument("an address"), Ports.NONE, server.environment);
        AddressSpec.Inet address = parser.parseInet();
        if (address == null) {
            line.alertSubject(": " + parser.error());
        }
        return address;
    }

    private static void initAddress(ServerDraft server, Line line) {
        List<InitAddress> steps = new ArrayList<>();
        for (String step : line.argument("methods or addresses").split(",")) {
            switch (step) {
                case "last" -> steps.add(new InitAddress.Last());
                case "libc" -> steps.add(new InitAddress.Libc());
                case "none" -> steps.add(new InitAddress.None());
                case "" -> {}
                default -> literal(steps, step, line);
            }
        }
        server.initAddr = List.copyOf(steps);
    }

    private static void literal(List<InitAddress> steps, String step, Line line) {
        if (AddressText.literal(step) == null) { // all four numbers
            line.alertSubject(
                    ": unknown init-addr method '" + step + "', supported methods are 'libc', 'last', 'none'.");
        } else {
            steps.add(new InitAddress.Literal(step));
        }
    }
}
