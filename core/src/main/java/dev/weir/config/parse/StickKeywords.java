package dev.weir.config.parse;

import static dev.weir.config.parse.Keyword.BACKEND;
import static dev.weir.config.parse.Keyword.FRONTEND;

import dev.weir.config.model.ByteText;
import dev.weir.config.model.StickLine;
import dev.weir.config.model.StickTableLine;
import dev.weir.sample.Quantity;
import dev.weir.stick.KeyType;
import dev.weir.stick.StoredData;
import dev.weir.stick.TableSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code stick-table} and {@code stick}. HAProxy manual 11.1 and 4.2. */
final class StickKeywords {
    private static final int ARRAY_MAX = 100;
    private static final long PERIOD_MAX_MS = Integer.MAX_VALUE;

    private StickKeywords() {}

    static void describe(KeywordTable<ProxyDraft> table) {
        table.supported(
                "stick-table",
                FRONTEND | BACKEND,
                "a table of keys with counters, rates, tags; `persist <file>` (of Weir's own) keeps it over restarts",
                StickKeywords::table);
        rule(table, "on", "finds the server of a key, and notes it", StickLine.Kind.ON);
        rule(table, "match", "finds the server of a key", StickLine.Kind.MATCH);
        rule(table, "store-request", "notes the server of a key of the request", StickLine.Kind.STORE_REQUEST);
        rule(table, "store-response", "notes the server of a key of the response", StickLine.Kind.STORE_RESPONSE);
    }

    private static void rule(KeywordTable<ProxyDraft> table, String name, String note, StickLine.Kind kind) {
        table.supported("stick " + name, BACKEND, note, (proxy, line) -> {
            if (!line.hasNext()) {
                line.alertSubject("expects a sample expression as argument.");
            }
            proxy.stickLines.add(new StickLine(line.at(), kind, line.rest()));
        });
    }

    private static void table(ProxyDraft proxy, Line line) {
        if (proxy.stickTable != null) {
            line.alert("a stick-table was already declared at " + proxy.stickTable.at() + ".");
            line.rest();
            return;
        }
        TableSettings settings = new Reader(line).read(proxy.name);
        if (settings != null) {
            proxy.stickTable = new StickTableLine(line.at(), settings);
        }
    }

    /** Reads one line, word by word. */
    private static final class Reader {
        private final Line line;
        private final List<TableSettings.Stored> stored = new ArrayList<>();
        private KeyType type;
        private int keyBytes;
        private int entriesMax;
        private long expireMs;
        private boolean isKept;
        private Path file;
        private boolean isFaulty;

        Reader(Line line) {
            this.line = line;
        }

        /** Null after a complaint. */
        TableSettings read(String name) {
            while (line.hasNext() && !isFaulty) {
                word(line.next());
            }
            line.rest();
            if (!isFaulty && type == null) {
                fault("missing key type");
            }
            if (!isFaulty && entriesMax == 0) {
                fault("missing size");
            }
            refuseBoth(StoredData.GPT, "gpt0", StoredData.GPT0);
            refuseBoth(StoredData.GPC, "gpc[0/1]", StoredData.GPC0, StoredData.GPC1);
            refuseBoth(StoredData.GPC_RATE, "gpc[0/1]_rate", StoredData.GPC0_RATE, StoredData.GPC1_RATE);
            return isFaulty
                    ? null
                    : new TableSettings(name, type, keyBytes, entriesMax, expireMs, isKept, stored, file);
        }

        /** An array holds what its first places are without it. */
        private void refuseBoth(StoredData array, String names, StoredData... places) {
            if (!isFaulty && isStored(array) && Stream.of(places).anyMatch(this::isStored)) {
                fault("simultaneous usage of '" + array.text() + "' and '" + names
                        + "' in a same table is not permitted as '" + array.text() + "' overrides '" + names + "'");
            }
        }

        private boolean isStored(StoredData data) {
            return stored.stream().anyMatch(each -> each.data() == data);
        }

        private void fault(String text) {
            line.alert("stick-table: " + text + ".");
            isFaulty = true;
        }

        private void word(String word) {
            switch (word) {
                case "type" -> type();
                case "size" -> size();
                case "expire" -> expireMs = Math.max(0, line.time(1));
                case "nopurge" -> isKept = true;
                case "store" -> store(line.next());
                case "persist" -> file();
                case "peers", "recv-only", "write-to", "srvkey", "brates-factor" ->
                    fault("'" + word + "' is not supported by this version of Weir");
                default -> fault("unknown argument '" + word + "'" + hint(word));
            }
        }

        private static String hint(String word) {
            var nearest = new Nearest(word);
            List.of("type", "size", "expire", "nopurge", "store", "persist").forEach(nearest::offer);
            return nearest.hint();
        }

        private void type() {
            String text = line.next();
            type = KeyType.of(text);
            if (type == null) {
                fault("unknown type '" + text + "', expects 'ip', 'ipv6', 'integer', 'string' or 'binary'");
                return;
            }
            keyBytes = type.bytesDefault();
            if (type.takesLength() && line.accept("len")) {
                keyBytes = line.integer(1, 16384, keyBytes);
            }
        }

        private void size() {
            entriesMax = line.size(1, Integer.MAX_VALUE, 1);
        }

        private void file() {
            String text = line.next();
            if (text.isEmpty()) {
                fault("'persist' expects a file name");
                return;
            }
            file = line.at().folder().resolve(ByteText.toNative(text));
        }

        private void store(String list) {
            if (list.isEmpty()) {
                fault("'store' expects a list of data types");
            }
            for (String each : list.split(",(?![^(]*\\))")) {
                if (!isFaulty) {
                    storeOne(each);
                }
            }
        }

        /** {@code conn_cnt}, {@code conn_rate(3s)}, {@code gpc(3)}, {@code gpc_rate(3,10s)}. */
        private void storeOne(String text) {
            int open = text.indexOf('(');
            String name = open < 0 ? text : text.substring(0, open);
            StoredData data = StoredData.of(name);
            if (data == null) {
                fault("unknown data type '" + name + "'");
                return;
            }
            if (isStored(data)) {
                line.warning("stick-table: store option '" + name + "' already enabled, ignored.");
                return;
            }
            boolean isClosed = open >= 0 && text.endsWith(")");
            String inside = isClosed ? text.substring(open + 1, text.length() - 1) : "";
            String[] arguments = inside.isEmpty() ? new String[0] : inside.split(",", -1);
            int wanted = (data.isArray() ? 1 : 0) + (data.isRate() ? 1 : 0);
            if (arguments.length != wanted || open >= 0 && !isClosed) {
                fault(
                        wanted == 0
                                ? "unexpected argument for data type '" + name + "'"
                                : "missing or invalid argument for data type '" + name + "'");
                return;
            }
            stored.add(new TableSettings.Stored(
                    data,
                    data.isArray() ? count(name, arguments[0]) : 1,
                    data.isRate() ? periodMs(name, arguments[wanted - 1]) : 0));
        }

        private int count(String name, String text) {
            long count = Quantity.integer(text);
            if (count < 1 || count > ARRAY_MAX) {
                fault("the size of '" + name + "' must be between 1 and " + ARRAY_MAX + " (got '" + text + "')");
                return 1;
            }
            return (int) count;
        }

        private long periodMs(String name, String text) {
            long periodMs = Quantity.timeMs(text, 1);
            if (periodMs < 1 || periodMs > PERIOD_MAX_MS) {
                fault("the period of '" + name + "' is no valid delay (got '" + text + "')");
                return 1;
            }
            return periodMs;
        }
    }
}
