import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;

/**
 * Compares what clients saw with what the proxy says of it: {@code Audit JOURNAL LOG STATISTICS FRONTEND}. Every request has one
 * line in the log, with the status that its client got, and the counters of the frontend and its backends add up to the lines.
 * Prints what does not, and how many.
 */
final class Audit {
    /** The log line: {@code R backend status termination bytesIn bytesOut "request"}. */
    private static final java.util.regex.Pattern LINE =
            java.util.regex.Pattern.compile("R (\\S+) (-?\\d+) (\\S\\S) (\\d+) (\\d+) \"(.*)\"");

    private static final java.util.regex.Pattern TARGET = java.util.regex.Pattern.compile("\\S+ /\\w+/(\\d+)/\\d+ .*");

    private final Map<Long, Integer> statuses = new HashMap<>();
    private final Map<String, Long> counted = new TreeMap<>();
    private final Map<String, Long> terminations = new TreeMap<>();
    private long problems;
    private long silent;

    private Audit() {}

    public static void main(String[] words) throws IOException {
        Audit audit = new Audit();
        audit.readLog(Path.of(words[1]));
        audit.compareWithClients(Path.of(words[0]));
        audit.compareWithCounters(Files.readAllLines(Path.of(words[2])), words[3]);
        audit.terminations.forEach((state, count) -> System.out.println("ended " + state + " " + count));
        System.out.println("lines " + audit.counted.getOrDefault("lines", 0L));
        System.out.println("unlogged " + audit.silent);
        System.out.println("problems " + audit.problems);
    }

    private void problem(String text) {
        if (problems++ < 20) {
            System.out.println("problem: " + text);
        }
    }

    // ---- the log ----

    private void readLog(Path file) throws IOException {
        for (String text : Files.readAllLines(file)) {
            Matcher line = LINE.matcher(text);
            if (line.matches()) {
                read(line);
            }
        }
    }

    private void read(Matcher line) {
        int status = Integer.parseInt(line.group(2));
        add("status " + Math.max(0, status / 100), 1);
        add("bytes in", Long.parseLong(line.group(4)));
        add("bytes out", Long.parseLong(line.group(5)));
        terminations.merge(line.group(3), 1L, Long::sum);
        if (line.group(3).startsWith("I")) {
            problem("an internal error: " + line.group());
        }
        if (line.group(3).equals("sD")) {
            problem("waited for a server that had said everything: " + line.group());
        }
        add("lines", 1);
        add("requests of " + line.group(1), 1);
        Matcher target = TARGET.matcher(line.group(6));
        if (target.matches() && !target.group(1).equals("0") && statuses.put(Long.valueOf(target.group(1)), status) != null) {
            problem("logged twice: " + line.group());
        }
    }

    private void add(String what, long count) {
        counted.merge(what, count, Long::sum);
    }

    // ---- the clients ----

    private void compareWithClients(Path journal) throws IOException {
        for (String line : Files.readAllLines(journal)) {
            String[] words = line.split(" ");
            Integer logged = statuses.get(Long.valueOf(words[0]));
            int seen = Integer.parseInt(words[1]);
            switch (words[2]) {
                // Whether it was read before its client went, nobody knows.
                case "GONE", "SILENT" -> silent += logged == null ? 1 : 0;
                default -> {
                    if (logged == null || logged != seen) {
                        problem("request " + words[0] + ": the client saw " + seen + ", the log says " + logged);
                    }
                }
            }
        }
    }

    // ---- the counters ----

    private void compareWithCounters(List<String> csv, String frontend) {
        List<String> names = Arrays.asList(csv.getFirst().replace("# ", "").split(","));
        for (String line : csv) {
            String[] values = line.split(",", -1);
            if (values.length < names.size() || line.startsWith("#")) {
                continue;
            }
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                row.put(names.get(i), values[i]);
            }
            nothingIsLeft(row);
            if (row.get("pxname").equals(frontend)) {
                compareFrontend(row);
            } else if (row.get("svname").equals("BACKEND")) {
                atMostSilent(row.get("pxname"), "requests of " + row.get("pxname"), number(row, "req_tot"));
            }
        }
    }

    private void nothingIsLeft(Map<String, String> row) {
        for (String name : List.of("scur", "qcur", "used_conn_cur")) {
            if (!row.get(name).isEmpty() && number(row, name) != 0) {
                problem(row.get("pxname") + "/" + row.get("svname") + ": " + name + " is " + row.get(name));
            }
        }
    }

    private void compareFrontend(Map<String, String> row) {
        atMostSilent("frontend", "lines", number(row, "req_tot"));
        for (int hundreds = 2; hundreds <= 5; hundreds++) {
            long logged = counted.getOrDefault("status " + hundreds, 0L);
            if (logged != number(row, "hrsp_" + hundreds + "xx")) {
                problem("hrsp_" + hundreds + "xx is " + row.get("hrsp_" + hundreds + "xx") + ", in the log " + logged);
            }
        }
        atLeastLogged(row, "bin", "bytes in");
        atLeastLogged(row, "bout", "bytes out");
    }

    /** Who was ended in silence has no line, but was counted; so may be one who did not wait to see it. */
    private void atMostSilent(String where, String what, long counter) {
        long logged = counted.getOrDefault(what, 0L);
        if (counter < logged || counter > logged + silent) {
            problem(where + ": req_tot is " + counter + ", in the log " + logged + ", without a line " + silent);
        }
    }

    private void atLeastLogged(Map<String, String> row, String name, String what) {
        long logged = counted.getOrDefault(what, 0L);
        if (number(row, name) < logged || silent == 0 && number(row, name) != logged) {
            problem(name + " is " + row.get(name) + ", in the log " + logged);
        }
    }

    private static long number(Map<String, String> row, String name) {
        return row.get(name).isEmpty() ? 0 : Long.parseLong(row.get(name));
    }
}
