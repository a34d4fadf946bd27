package dev.weir.cli.command;

import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.MessageLevel;
import dev.weir.resolver.Resolver;
import dev.weir.server.NameSettings;
import dev.weir.server.Server;
import dev.weir.server.name.ServerNames;

/** {@code set server fqdn}: which name tells where a server is. No state. */
final class ServerName {
    private static final int HOST_CHARS_MAX = 255;
    private static final String BY = " by 'stats socket command'";

    private ServerName() {}

    static void change(Server server, Arguments arguments, ServerNames names, Answer answer) throws CommandFailure {
        String host = arguments.require("set server <b>/<s> fqdn requires a FQDN.");
        NameSettings naming = server.settings().naming;
        if (naming == null || !naming.isResolvedAtRunTime()) {
            throw new CommandFailure("set server <b>/<s> fqdn failed because no resolution is configured.");
        }
        if (naming.service() != null) {
            throw new CommandFailure("set server <b>/<s> fqdn failed because SRV resolution is configured.");
        }
        String before = server.host();
        if (host.equals(before)) {
            answer.message(MessageLevel.WARNING, "no need to change the FDQN" + BY);
        } else if (!host.matches("[-_.a-zA-Z0-9]{1," + HOST_CHARS_MAX + "}")) {
            answer.message(MessageLevel.WARNING, "invalid fqdn '" + host + "'" + BY);
        } else if (!Resolver.isName(host)) {
            answer.message(MessageLevel.WARNING, "could not update " + server.path() + " FQDN" + BY);
        } else {
            names.rename(server, host);
            String from = before == null ? "(null)" : before;
            answer.message(MessageLevel.WARNING, server.path() + " changed its FQDN from " + from + " to " + host + BY);
        }
    }
}
