package dev.weir.launch.ctl;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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

    private static void names(ApiAddress address, List<String> before, Set<String> next)
            throws CtlProblem, IOException {
        String line = String.join(" ", before);
        boolean wantsServer = line.matches(
                "(set|enable|disable|del) server|(get|set) weight|set maxconn server|shutdown sessions server"
                        + "|(enable|disable) (health|agent)|wait .* srv-removable");
        boolean wantsFrontend = line.matches("(enable|disable|shutdown|set maxconn) frontend");
        if (!wantsServer && !wantsFrontend) {
            return;
        }
        address.ask("show stat").lines().skip(1).map(row -> row.split(",", 3)).forEach(row -> {
            boolean isFrontend = row.length > 2 && row[1].equals("FRONTEND");
            boolean isServer = row.length > 2 && !isFrontend && !row[1].equals("BACKEND");
            if (wantsServer && isServer) {
                next.add(row[0] + "/" + row[1]);
            } else if (wantsFrontend && isFrontend) {
                next.add(row[0]);
            }
        });
    }
}
