package dev.weir.launch.ctl;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends commands to the runtime API and prints the answers: those on the command line, or, without one, lines of the standard
 * input. On a terminal statistics become a table.
 */
public final class Ctl {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final String QUIT = "quit";
    private static final String HELP = """
            usage: weir ctl [-s SOCKET] [-f FILE] [--raw] [COMMAND...]

            Sends a command to the runtime API of a running Weir or HAProxy and prints the answer.
            Without a command it reads commands from the standard input, one a line.

              -s, --socket SOCKET  path of the stats socket, or host:port
              -f, --file FILE      configuration that says where the stats socket is
                  --raw            answers as they came also on a terminal, no tables
              -h, --help           this text
                  --completion     a script for bash: source <(weir ctl --completion)
                  --complete WORDS what may come next, for such scripts

            The socket is, in this order: -s, the environment's WEIR_SOCKET, the one that -f names,
            /run/weir/admin.sock, /run/haproxy/admin.sock, /var/run/haproxy.sock.

            weir ctl show stat                    weir ctl set server web/s1 state drain
            weir ctl help                         weir ctl -s 127.0.0.1:9999 show info
            weir ctl add map hosts.map '<<' < lines-of-key-and-value

            Exit status: 0, 1 if the command was refused or nobody answers, 2 for a wrong command line.
            """;

    /** Words at the end of a line that say what ends the payload which follows: nothing is an empty line. */
    private static final Pattern PAYLOAD = Pattern.compile("\\s<<(\\S*)$");

    private final BufferedReader in;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean isTerminal;

    Ctl(InputStream in, PrintStream out, PrintStream err, boolean isTerminal) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
        this.err = err;
        this.isTerminal = isTerminal;
    }

    /** The exit code. */
    public static int run(List<String> arguments) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        return new Ctl(
                        System.in,
                        out,
                        System.err,
                        System.console() != null && System.console().isTerminal())
                .execute(arguments);
    }

    int execute(List<String> arguments) {
        CtlOptions options;
        try {
            options = CtlOptions.parse(arguments);
        } catch (CtlProblem problem) {
            err.println("weir ctl: " + problem.getMessage());
            err.print(HELP);
            return USAGE;
        }
        if (options.wantsHelp()) {
            out.print(HELP);
            return 0;
        }
        if (options.wantsScript()) {
            out.print(Completion.SCRIPT);
            return 0;
        }
        try {
            return converse(options);
        } catch (CtlProblem | IOException problem) {
            err.println("weir ctl: " + problem.getMessage());
            return FAILED;
        }
    }

    private int converse(CtlOptions options) throws CtlProblem, IOException {
        ApiAddress address = ApiAddress.find(options);
        if (options.completesWords()) {
            Completion.of(address, options.command()).forEach(out::println);
            return 0;
        }
        if (!options.command().isEmpty()) {
            return ask(address, withPayload(options.line()), options);
        }
        return askAll(address, options);
    }

    private int askAll(ApiAddress address, CtlOptions options) throws IOException, CtlProblem {
        int status = 0;
        prompt("weir> ");
        for (String line = in.readLine(); line != null && !line.strip().equals(QUIT); line = in.readLine()) {
            if (!line.isBlank()) {
                status = Math.max(status, ask(address, withPayload(line.strip()), options));
            }
            prompt("weir> ");
        }
        return status;
    }

    /** A command that ends in {@code <<} and the lines for it, up to the one that ends them, or all there are. */
    private String withPayload(String command) throws IOException {
        Matcher begin = PAYLOAD.matcher(command);
        if (!begin.find()) {
            return command;
        }
        String end = begin.group(1);
        StringBuilder whole = new StringBuilder(command).append('\n');
        prompt("+ ");
        for (String line = in.readLine(); line != null && !line.equals(end); line = in.readLine()) {
            whole.append(line).append('\n');
            prompt("+ ");
        }
        return whole.append(end).toString();
    }

    private static String table(String answer) {
        if (answer.startsWith("# pxname,")) {
            return StatTable.of(answer);
        }
        String table = ColumnTable.of(answer.startsWith("1\n") ? answer.substring(2) : answer);
        return table == null ? whole(answer) : table;
    }

    private static String whole(String answer) {
        return answer.stripTrailing() + (answer.isBlank() ? "" : "\n");
    }

    private void prompt(String text) {
        if (isTerminal) {
            err.print(text);
            err.flush();
        }
    }

    private int ask(ApiAddress address, String command, CtlOptions options) throws IOException, CtlProblem {
        String marked = address.ask(Refusals.MARKED + command);
        if (Refusals.isMissing(marked) && !command.endsWith(QUIT)) {
            throw new CtlProblem("no answer: " + address.text() + " closed the connection");
        }
        String answer = Refusals.unmarked(marked);
        boolean isTable = isTerminal && !options.isRaw() && (answer.startsWith("# ") || answer.startsWith("1\n# "));
        out.print(isTable ? table(answer) : whole(answer));
        return Refusals.isRefusal(marked) ? FAILED : 0;
    }
}
