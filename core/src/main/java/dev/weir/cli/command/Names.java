package dev.weir.cli.command;

import dev.weir.cli.Arguments;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.RuntimeControl;
import dev.weir.proxy.Frontend;
import dev.weir.server.Server;
import dev.weir.server.ServerPool;
import dev.weir.stick.StickTable;

/** Finds what commands name, or fails with HAProxy's words. No state. */
final class Names {
    private Names() {}

    /** {@code backend/server}. */
    static Server server(Arguments arguments, RuntimeControl control) throws CommandFailure {
        String[] path = serverPath(arguments);
        return server(backend(path[0], control), path[1]);
    }

    /** By name, or by id: {@code #1}. */
    static Server server(ServerPool pool, String name) throws CommandFailure {
        Server found = serverOrNull(pool, name);
        if (found == null) {
            throw new CommandFailure("No such server.");
        }
        return found;
    }

    static Server serverOrNull(ServerPool pool, String name) {
        for (Server server : pool.servers()) {
            if (name.equals(server.name()) || name.equals("#" + server.id())) {
                return server;
            }
        }
        return null;
    }

    /** The names of a backend and of a server, of which there may be none. */
    static String[] serverPath(Arguments arguments) throws CommandFailure {
        String path = arguments.require("Require 'backend/server'.");
        int slash = path.indexOf('/');
        if (slash < 0 || slash == path.length() - 1) {
            throw new CommandFailure("Require 'backend/server'.");
        }
        return new String[] {path.substring(0, slash), path.substring(slash + 1)};
    }

    /** By name, or by id: {@code #3}. */
    static ServerPool backend(String name, RuntimeControl control) throws CommandFailure {
        ServerPool found = backendOrNull(name, control);
        if (found == null) {
            throw new CommandFailure("No such backend.");
        }
        return found;
    }

    static ServerPool backendOrNull(String name, RuntimeControl control) {
        for (ServerPool pool : control.process().pools().all()) {
            if (name.equals(pool.name()) || name.equals("#" + pool.id())) {
                return pool;
            }
        }
        return null;
    }

    /** {@code backend <name>}, behind a command that wants that. */
    static ServerPool namedBackend(Arguments arguments, RuntimeControl control) throws CommandFailure {
        arguments.requireNext("A backend name is expected.");
        return backend(arguments.next(), control);
    }

    /** By name, or by id: {@code #2}. */
    static Frontend frontend(Arguments arguments, RuntimeControl control) throws CommandFailure {
        Frontend found = frontendOrNull(arguments.require("A frontend name is expected."), control);
        if (found == null) {
            throw new CommandFailure("No such frontend.");
        }
        return found;
    }

    static Frontend frontendOrNull(String name, RuntimeControl control) {
        for (Frontend frontend : control.process().frontends().values()) {
            if (name.equals(frontend.name()) || name.equals("#" + frontend.id())) {
                return frontend;
            }
        }
        return null;
    }

    static StickTable table(Arguments arguments, RuntimeControl control) throws CommandFailure {
        StickTable table = control.tables().table(arguments.require("No such table"));
        if (table == null) {
            throw new CommandFailure("No such table");
        }
        return table;
    }

    /** A number within bounds. */
    static int integer(Arguments arguments, int least, int most) throws CommandFailure {
        String text = arguments.require("Integer value expected.");
        if (text.matches("-?[0-9]{10,}|-[0-9]+")) {
            throw new CommandFailure("Value out of range.");
        }
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new CommandFailure("Integer value expected, between %d and %d (got '%s').", least, most, text);
        }
        return Integer.parseInt(text);
    }
}
