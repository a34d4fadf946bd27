package dev.weir.launch.ctl;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What may come next in a command, as the process itself tells it: words of commands, then names of servers and frontends. No state. */
final class Completion {
    /** Completes {@code weir ctl …} in bash. */
    static final String SCRIPT = """
            _weir() {
                if [[ ${COMP_WORDS[1]} == ctl && $COMP_CWORD -gt 1 ]]; then
                    mapfile -t COMPREPLY < <("${COMP_WORDS[0]}" ctl --complete "${COMP_WORDS[@]:2:COMP_CWORD-1}" 2>/dev/null)
                elif [[ $COMP_CWORD -eq 1 ]]; then
                    COMPREPLY=($(compgen -W ctl -- "${COMP_WORDS[1]}") $(compgen -f -- "${COMP_WORDS[1]}"))
                fi
            }
            complete -F _weir weir ./weir
            """;

    private static final String BEFORE_SERVER =
            "(set|enable|disable|del) server|(get|set) weight|set maxconn server|shutdown sessions server"
                    + "|(enable|disable) (health|agent)|wait .* srv-removable";
    private static final String BEFORE_FRONTEND = "(enable|disable|shutdown|set maxconn) frontend";
    private static final String BEFORE_BACKEND =
            "show servers (state|conn)|show errors|((enable|disable) dynamic-cookie|set dynamic-cookie-key) backend";
    private static final Map<String, String> FIXED = Map.of(
            "set server \\S+",
            "addr agent agent-addr agent-port agent-send check-addr check-port fqdn health state weight",
            "set server \\S+ state",
            "drain maint ready",
            "set server \\S+ health",
            "down stopping up",
            "set server \\S+ agent",
            "down up",
            "show stat",
            "desc json no-maint typed up",
            "show info",
            "desc float json typed",
            "clear counters",
            "all",
            "set log level",
            "alert crit debug default emerg err info notice warning",
            "wait \\S+",
            "srv-removable");
    /** Types of rows in {@code show stat}. */
    private static final String FRONTEND = "0";

    private static final String SERVER = "2";

    private Completion() {}

    /** @param words so far; the last one may be unfinished or empty */
    static List<String> of(ApiAddress address, List<String> words) throws CtlProblem, IOException {
        String last = words.isEmpty() ? "" : words.getLast();
        List<String> before = words.isEmpty() ? words : words.subList(0, words.size() - 1);
        Set<String> next = new TreeSet<>();
        address.ask("help").lines().filter(line -> line.startsWith("  ")).forEach(line -> {
            String[] usage = line.strip().split(" *:")[0].split(" +");
            if (usage.length > before.size()
                    && List.of(usage).subList(0, before.size()).equals(before)) {
                next.add(usage[before.size()]);
            }
        });
        names(address, before, next);
        return next.stream()
                .filter(word -> word.startsWith(last) && word.matches("[a-zA-Z0-9_./-]+"))
                .toList();
    }

    /** What follows commands that the help does not spell out. */
    private static void names(ApiAddress address, List<String> before, Set<String> next)
            throws CtlProblem, IOException {
        String line = String.join(" ", before);
        FIXED.forEach((command, words) -> {
            if (line.matches(command)) {
                next.addAll(List.of(words.split(" ")));
            }
        });
        if (line.matches(BEFORE_SERVER)) {
            rows(address, SERVER, row -> row[0] + "/" + row[1], next);
        }
        if (line.matches(BEFORE_FRONTEND)) {
            rows(address, FRONTEND, row -> row[0], next);
        }
        if (line.matches(BEFORE_BACKEND)) {
            next.addAll(address.ask("show backend").lines().skip(1).toList());
        }
        if (line.matches("(show|set|clear) table")) {
            listed(address.ask("show table"), "# table: ([^,]+),.*", next);
        }
        if (line.matches("(show|get|add|set|del|clear|prepare|commit) (map|acl)( @[0-9]+)?")) {
            listed(address.ask("show " + before.get(1)), "[0-9]+ \\(([^)]+)\\) .*", next);
        }
    }

    /** Rows of {@code show stat} of one type. */
    private static void rows(ApiAddress address, String type, Function<String[], String> name, Set<String> next)
            throws CtlProblem, IOException {
        List<String[]> rows =
                address.ask("show stat").lines().map(row -> row.split(",")).toList();
        int column = rows.isEmpty() ? -1 : List.of(rows.getFirst()).indexOf("type");
        rows.stream()
                .skip(1)
                .filter(row -> column >= 0 && row.length > column && row[column].equals(type))
                .map(name)
                .forEach(next::add);
    }

    private static void listed(String answer, String line, Set<String> next) {
        Pattern pattern = Pattern.compile(line);
        answer.lines().map(pattern::matcher).filter(Matcher::matches).forEach(found -> next.add(found.group(1)));
    }
}
