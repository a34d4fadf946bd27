package dev.weir.cli.command;

import dev.weir.cli.Arguments;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.RuntimeControl;
import dev.weir.proxy.SessionRow;
import dev.weir.sample.Quantity;

/**
 * Which sessions {@code show sess} shows, and how.
 *
 * @param number the only one, or 0
 * @param isLong several lines each
 * @param showsUri the request's method and target, too
 * @param isSuspicious only those that no time limit will end
 * @param olderNs the least age
 * @param server {@code backend/server}, or empty
 */
record SessionFilter(
        long number,
        boolean isLong,
        boolean showsUri,
        boolean isHelp,
        boolean isSuspicious,
        long olderNs,
        String server,
        String backend,
        String frontend) {
    private static final long MS_NS = 1_000_000L;
    private static final long SECOND_MS = 1000;

    static SessionFilter parse(Arguments arguments, RuntimeControl control) throws CommandFailure {
        long number = 0;
        boolean isLong = false;
        boolean showsUri = false;
        boolean isHelp = false;
        boolean isSuspicious = false;
        long olderNs = 0;
        String server = "";
        String backend = "";
        String frontend = "";
        while (arguments.hasNext()) {
            String word = arguments.next();
            switch (word) {
                case "help" -> isHelp = true;
                case "all" -> isLong = true;
                case "show-uri" -> showsUri = true;
                case "older" -> olderNs = age(arguments);
                case "server" -> {
                    arguments.requireNext("Missing server name (<backend>/<server>).");
                    server = Names.server(arguments, control).path();
                }
                case "backend" -> {
                    arguments.requireNext("Missing backend name.");
                    backend = Names.namedBackend(arguments, control).name();
                }
                case "frontend" -> {
                    arguments.requireNext("Missing frontend name.");
                    frontend = Names.frontend(arguments, control).name();
                }
                case "susp" -> isSuspicious = true;
                default -> {
                    number = number(word);
                    isLong = true;
                }
            }
        }
        return new SessionFilter(number, isLong, showsUri, isHelp, isSuspicious, olderNs, server, backend, frontend);
    }

    private static long age(Arguments arguments) throws CommandFailure {
        arguments.requireNext("Expects a minimum age (in seconds by default).");
        long timeMs = Quantity.timeMs(arguments.next(), SECOND_MS);
        if (timeMs < 0) {
            throw new CommandFailure("Invalid age.");
        }
        return timeMs * MS_NS;
    }

    private static long number(String word) throws CommandFailure {
        if (!word.matches("0x[0-9a-f]{1,15}")) {
            throw new CommandFailure("Unsupported option '%s', try 'help' for more info.", word);
        }
        return Long.parseLong(word.substring(2), 16);
    }

    boolean wants(SessionRow row) {
        boolean isServer =
                server.isEmpty() || row.server != null && row.server.path().equals(server);
        boolean isBackend =
                backend.isEmpty() || row.backend != null && row.backend.name().equals(backend);
        boolean isFrontend = frontend.isEmpty() || row.frontend.name().equals(frontend);
        return (number == 0 || number == row.number)
                && !(isSuspicious && row.isLimited)
                && row.ageNs >= olderNs
                && isServer
                && isBackend
                && isFrontend;
    }
}
