package dev.weir.rule;

import dev.weir.acl.Condition;
import dev.weir.acl.ConditionParser;
import dev.weir.sample.Casts;
import dev.weir.sample.Expression;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.Scratch;
import dev.weir.sample.TableKey;
import dev.weir.sample.Verdict;
import dev.weir.sample.Words;
import dev.weir.stick.StickTable;
import dev.weir.stick.StoredData;
import dev.weir.stream.BackendView;
import dev.weir.stream.ServerView;
import dev.weir.stream.Stream;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code stick on|match|store-request|store-response} of a backend: keys that lead to the server that served them before, and
 * keys to note. Immutable; any loop; allocates nothing. HAProxy manual 4.2.
 */
public final class StickRules {
    private static final ServerView[] NO_SERVERS = {};

    public static final StickRules NONE = new StickRules(List.of());

    private record Row(
            boolean matches,
            boolean stores,
            boolean isOfResponse,
            Expression key,
            StickTable table,
            Condition condition,
            String file,
            int line) {}

    private final List<Row> rows;

    private StickRules(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /**
     * Runs the rules of the request: the first that knows the key's server names it, and all that store remember their keys. Once
     * there is a key to store in a table, further rules of the request that store there are passed over, as in HAProxy.
     *
     * @param isAssigned whether the server is certain already, so that only keys to store matter
     * @param isAny whether one that is down counts, too
     * @return the server, or null
     */
    public ServerView match(Stream stream, Scratch scratch, boolean isAssigned, boolean isAny) {
        ServerView found = null;
        stream.finalEvaluation(true);
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            boolean mayFind = row.matches && !isAssigned && found == null;
            boolean isLate = row.stores && stream.pendingStores().has(row.table);
            if (!row.isOfResponse && !isLate && (mayFind || row.stores)) {
                ServerView server = run(row, mayFind, stream, scratch);
                found = server != null && (isAny || server.isUp()) ? server : found;
            }
        }
        stream.finalEvaluation(false);
        return found;
    }

    /** Runs the rules of the response, then notes the server under all keys. */
    public void store(Stream stream, Scratch scratch, long nowNs) {
        stream.finalEvaluation(true);
        stream.pendingStores().beginResponse();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (row.isOfResponse && !stream.pendingStores().has(row.table)) {
                run(row, false, stream, scratch);
            }
        }
        stream.finalEvaluation(false);
        if (stream.server() != null) {
            stream.pendingStores().store(stream.server(), nowNs);
        }
    }

    private static ServerView run(Row row, boolean mayFind, Stream stream, Scratch scratch) {
        if (scratch.judge(row.file, row.line, row.condition, stream) != Verdict.PASS) {
            return null;
        }
        ServerView server = null;
        Sample key = scratch.take();
        if (row.key.evaluateFinal(stream, key) && TableKey.isKey(row.table, key)) {
            server = mayFind ? find(row.table, key, stream) : null;
            if (row.stores) {
                stream.pendingStores().add(row.table, TableKey.bytes(row.table, key), TableKey.length(row.table, key));
            }
        }
        scratch.release(key);
        return server;
    }

    private static ServerView find(StickTable table, Sample key, Stream stream) {
        long nowNs = stream.process().clock().nanoTime();
        long entry = TableKey.find(table, key, nowNs);
        if (entry == StickTable.NONE) {
            return null;
        }
        table.touch(entry, nowNs);
        String name = table.text(entry, StoredData.SERVER_KEY);
        int id = (int) table.get(entry, StoredData.SERVER_ID, 0, nowNs);
        table.release(entry);
        ServerView named = name == null ? null : stream.backend().server(name);
        return named != null ? named : byId(stream.backend(), id);
    }

    private static ServerView byId(BackendView backend, int id) {
        for (ServerView server : id == 0 ? NO_SERVERS : backend.servers()) {
            if (server.id() == id) {
                return server;
            }
        }
        return null;
    }

    /** Collects the rules of a backend, line by line. One thread, while parsing. */
    public static final class Parser {
        private final ExpressionParser expressions;
        private final ConditionParser conditions;
        private final List<Row> rows = new ArrayList<>();

        public Parser(ExpressionParser expressions, ConditionParser conditions) {
            this.expressions = expressions;
            this.conditions = conditions;
        }

        /** Adds a rule; {@code words} start at the key's expression. */
        public void add(boolean matches, boolean stores, boolean isOfResponse, Words words, ParseContext context)
                throws ParseProblem {
            Expression key = expressions.parse(words, context);
            String name = words.skip("table") ? words.require("table name") : "";
            StickTable table = context.table(name);
            if (table == null) {
                throw new ParseProblem(
                        name.isEmpty() ? "no stick-table in this proxy" : "unable to find stick-table '" + name + "'.");
            }
            if (!Casts.isPossible(key.type(), TableKey.typeFor(table.settings()))) {
                throw new ParseProblem("type of fetch not usable with type of stick-table '%s'.", table.name());
            }
            Condition condition = conditions.parseOptional("sticking condition", words, context);
            rows.add(new Row(matches, stores, isOfResponse, key, table, condition, context.file(), context.line()));
        }

        public StickRules build() {
            return rows.isEmpty() ? NONE : new StickRules(rows);
        }
    }
}
