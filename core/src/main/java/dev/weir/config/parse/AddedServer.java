package dev.weir.config.parse;

import dev.weir.config.model.Position;
import dev.weir.config.model.Problems;
import dev.weir.config.model.ServerLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what {@code add server} of the runtime API says of a server: options of a {@code server} line, as far as HAProxy takes them there. */
public final class AddedServer {
    /** What HAProxy 3.2 takes, without TLS. */
    private static final List<String> ACCEPTED = List.of(
            "backup",
            "cookie",
            "disabled",
            "error-limit",
            "guid",
            "hash-key",
            "id",
            "init-state",
            "maxconn",
            "maxqueue",
            "minconn",
            "no-backup",
            "no-send-proxy",
            "no-send-proxy-v2",
            "no-tfo",
            "observe",
            "on-error",
            "on-marked-down",
            "on-marked-up",
            "pool-low-conn",
            "pool-max-conn",
            "pool-purge-delay",
            "proxy-v2-options",
            "send-proxy",
            "send-proxy-v2",
            "set-proxy-v2-tlv-fmt",
            "slowstart",
            "source",
            "strict-maxconn",
            "tfo",
            "track",
            "weight",
            "addr",
            "agent-addr",
            "agent-check",
            "agent-inter",
            "agent-port",
            "agent-send",
            "check",
            "check-proto",
            "check-send-proxy",
            "rise",
            "fall",
            "inter",
            "fastinter",
            "downinter",
            "port");

    private AddedServer() {}

    /** The options that {@link #parse} takes. */
    public static List<String> keywords() {
        List<String> keywords = new ArrayList<>(ACCEPTED);
        KeywordTable<ServerDraft> table = ServerOptions.table();
        keywords.removeIf(word -> table.find(word) == null || table.find(word).state() == Keyword.State.KNOWN);
        return keywords;
    }

    /**
     * Reads address and options; {@code default-server} says nothing about servers that are added.
     *
     * @param words behind the server's name
     * @param takenIds ids of the backend's servers
     * @return null if there are problems
     */
    public static ServerLine parse(
            String backend,
            String name,
            List<String> words,
            Set<Integer> takenIds,
            Environment environment,
            Problems problems) {
        Line line = new Line(problems);
        if (words.isEmpty() || words.size() >= Tokenizer.WORDS_MAX) {
            problems.alert(
                    words.isEmpty()
                            ? "'server' expects <name> and <addr>[:<port>] as arguments."
                            : "too many words, the maximum is " + Tokenizer.WORDS_MAX);
            return null;
        }
        line.set(Position.NONE, words);
        String subject = "server " + backend + "/" + name;
        ServerDraft draft = new ServerDraft();
        if (ServerKeyword.begin(draft, subject, name, line.next(), environment, line)) {
            options(draft, subject, line);
        }
        ServerLine built = problems.isFatal() ? null : draft.buildBeside(takenIds);
        if (built == null && !problems.isFatal()) {
            problems.alert("'" + subject + "' : 'id' : custom id " + draft.id + " already used.");
        }
        return built;
    }

    private static void options(ServerDraft draft, String subject, Line line) {
        KeywordTable<ServerDraft> table = ServerOptions.table();
        while (line.hasNext()) {
            Keyword<ServerDraft> keyword = table.take(line);
            boolean isRefused =
                    keyword != null && keyword.state() != Keyword.State.KNOWN && !ACCEPTED.contains(keyword.name());
            if (keyword == null) {
                line.alert("'" + subject + "' : unknown keyword '" + line.peek() + "'" + table.hint(line.peek()));
                line.rest();
            } else if (isRefused) {
                line.alert("'" + subject + "' : '" + keyword.name() + "' option is not accepted for dynamic server");
                line.rest();
            } else {
                table.apply(keyword, draft, line, subject + "' : '" + keyword.name());
            }
        }
    }
}
