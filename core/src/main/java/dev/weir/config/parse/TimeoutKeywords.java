package dev.weir.config.parse;

import static dev.weir.config.parse.Keyword.BACKEND;
import static dev.weir.config.parse.Keyword.DEFAULTS;
import static dev.weir.config.parse.Keyword.FRONTEND;

import dev.weir.config.model.Timeouts;

/** {@code timeout <name> <time>}. */
final class TimeoutKeywords {
    private static final int CLIENT = 0;
    private static final int SERVER = 1;
    private static final int CONNECT = 2;
    private static final int QUEUE = 3;
    private static final int CHECK = 4;
    private static final int TUNNEL = 5;
    private static final int CLIENT_FIN = 6;
    private static final int SERVER_FIN = 7;
    private static final int CLIENT_HANDSHAKE = 8;
    private static final int TARPIT = 9;
    private static final int HTTP_REQUEST = 10;
    private static final int HTTP_KEEP_ALIVE = 11;

    /** How many there are. */
    static final int COUNT = 12;

    private static final String NAMES =
            "'client', 'server', 'connect', 'check', 'queue', 'handshake', 'http-keep-alive',"
                    + " 'http-request', 'tunnel', 'tarpit', 'client-fin' and 'server-fin'";

    private TimeoutKeywords() {}

    static KeywordTable<ProxyDraft> table() {
        var table = new KeywordTable<ProxyDraft>("Timeouts (`timeout <name> <time>`)").manual("4.2");
        int front = DEFAULTS | FRONTEND;
        int back = DEFAULTS | BACKEND;
        add(table, "client", front, CLIENT, "inactivity of the client");
        add(table, "client-fin", front, CLIENT_FIN, "inactivity of the client once its connection is half closed");
        add(table, "client-hs", front, CLIENT_HANDSHAKE, "handshakes of the client, such as the PROXY header");
        add(table, "connect", back, CONNECT, "connecting to a server");
        add(table, "queue", back, QUEUE, "waiting for a free server; `timeout connect` if not set");
        add(table, "server", back, SERVER, "inactivity of the server");
        add(table, "server-fin", back, SERVER_FIN, "inactivity of the server once its connection is half closed");
        add(table, "tunnel", back, TUNNEL, "inactivity of both sides of a TCP session, in place of client and server");
        add(table, "check", back, CHECK, "reading the answer of a health check");
        add(table, "tarpit", DEFAULTS | FRONTEND | BACKEND, TARPIT, "taken; used in HTTP mode only");
        add(table, "http-request", DEFAULTS | FRONTEND | BACKEND, HTTP_REQUEST, "taken; used in HTTP mode only");
        add(table, "http-keep-alive", DEFAULTS | FRONTEND | BACKEND, HTTP_KEEP_ALIVE, "taken; used in HTTP mode only");
        return table;
    }

    private static void add(KeywordTable<ProxyDraft> table, String name, int where, int index, String note) {
        table.supported(name, where, note, (draft, line) -> {
            long value = line.time(1);
            if (value >= 0) {
                draft.timeouts[index] = value;
            }
            if (line.hasNext()) {
                line.alertSubject(": unexpected extra argument '" + line.peek() + "' after value '"
                        + line.word(line.cursor() - 1) + "'.");
                line.rest();
            }
        });
    }

    /** The line stands behind {@code timeout}. */
    static void parse(KeywordTable<ProxyDraft> table, ProxyDraft draft, Line line) {
        String name = line.next();
        var keyword = table.find(name);
        if (keyword == null) {
            line.alert("'timeout' supports " + NAMES + " (got '" + name + "')" + table.hint(name));
            line.rest();
            return;
        }
        String subject = "timeout " + name;
        if (!keyword.isIn(draft.place())) {
            line.warning("'" + subject + "' will be ignored because " + draft.title() + " has no "
                    + (keyword.isIn(FRONTEND) ? "frontend" : "backend") + " capability");
        }
        table.apply(keyword, draft, line, subject);
    }

    static Timeouts build(long[] values) {
        return new Timeouts(
                values[CLIENT],
                values[SERVER],
                values[CONNECT],
                values[QUEUE],
                values[CHECK],
                values[TUNNEL],
                values[CLIENT_FIN],
                values[SERVER_FIN],
                values[CLIENT_HANDSHAKE],
                values[TARPIT],
                values[HTTP_REQUEST],
                values[HTTP_KEEP_ALIVE]);
    }
}
