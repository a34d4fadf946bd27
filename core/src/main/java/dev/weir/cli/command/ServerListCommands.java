package dev.weir.cli.command;

import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import dev.weir.cli.MessageLevel;
import dev.weir.cli.RuntimeControl;
import dev.weir.server.DynamicCookies;
import dev.weir.server.Server;
import dev.weir.server.ServerHealth;
import dev.weir.server.ServerPool;
import java.util.ArrayList;
import java.util.List;

/** Which servers a backend has, whether they are asked how they are, and what their cookies are. */
public final class ServerListCommands implements CommandFamily {
    private final RuntimeControl control;

    public ServerListCommands(RuntimeControl control) {
        this.control = control;
    }

    @Override
    public void describe(CommandTable table) {
        table.add("add server", Level.ADMIN, "add server <bk>/<srv>", "create a new server", this::add);
        table.add("del server", Level.ADMIN, "del server <bk>/<srv>", "remove a server", this::remove);
        table.add("enable health", Level.ADMIN, "enable health", "enable health checks", (arguments, answer) -> {
            enable(
                    Names.server(arguments, control).health(),
                    "Health check was not configured on this server, cannot enable.");
        });
        table.add("disable health", Level.ADMIN, "disable health", "disable health checks", (arguments, answer) -> {
            disable(Names.server(arguments, control).health());
        });
        table.add("enable agent", Level.ADMIN, "enable agent", "enable agent checks", (arguments, answer) -> {
            enable(Names.server(arguments, control).agent(), "Agent was not configured on this server, cannot enable.");
        });
        table.add("disable agent", Level.ADMIN, "disable agent", "disable agent checks", (arguments, answer) -> {
            disable(Names.server(arguments, control).agent());
        });
        describeCookies(table);
    }

    private void describeCookies(CommandTable table) {
        table.add(
                "enable dynamic-cookie backend",
                Level.ADMIN,
                "enable dynamic-cookie backend <bk>",
                "enable dynamic cookies on a specific backend",
                (arguments, answer) -> enableCookies(Names.namedBackend(arguments, control), true));
        table.add(
                "disable dynamic-cookie backend",
                Level.ADMIN,
                "disable dynamic-cookie backend <bk>",
                "disable dynamic cookies on a specific backend",
                (arguments, answer) -> enableCookies(Names.namedBackend(arguments, control), false));
        table.add(
                "set dynamic-cookie-key backend",
                Level.ADMIN,
                "set dynamic-cookie-key backend <bk> <k>",
                "change a backend secret key for dynamic cookies",
                (arguments, answer) -> {
                    ServerPool pool = Names.namedBackend(arguments, control);
                    String key = arguments.require("String value expected.");
                    pool.dynamicCookies(new DynamicCookies(pool.dynamicCookies().isEnabled(), key));
                });
    }

    // ---- servers ----

    private void add(Arguments arguments, Answer answer) throws CommandFailure {
        if (arguments.skip("help")) {
            answer.line("List of keywords supported for dynamic server:");
            control.serverOptions().forEach(answer::line);
            return;
        }
        String[] path = Names.serverPath(arguments);
        ServerPool pool = Names.backend(path[0], control);
        List<String> words = new ArrayList<>();
        while (arguments.hasNext()) {
            words.add(arguments.next());
        }
        say(control.addServer(pool, path[1], words), answer);
    }

    private void remove(Arguments arguments, Answer answer) throws CommandFailure {
        String[] path = Names.serverPath(arguments);
        Server server = Names.server(Names.backend(path[0], control), path[1]);
        say(control.removeServer(server), answer);
    }

    private static void say(RuntimeControl.Outcome outcome, Answer answer) {
        MessageLevel level = outcome.isDone() ? MessageLevel.INFO : MessageLevel.ERROR;
        outcome.messages().forEach(message -> answer.message(level, message));
    }

    // ---- checks and agents ----

    private static void enable(ServerHealth health, String otherwise) throws CommandFailure {
        if (health == null) {
            throw new CommandFailure(otherwise);
        }
        health.enable(true);
    }

    private static void disable(ServerHealth health) {
        if (health != null) {
            health.enable(false);
        }
    }

    // ---- cookies ----

    private static void enableCookies(ServerPool pool, boolean isEnabled) {
        pool.dynamicCookies(new DynamicCookies(isEnabled, pool.dynamicCookies().key()));
    }
}
