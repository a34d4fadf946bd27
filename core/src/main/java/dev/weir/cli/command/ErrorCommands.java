package dev.weir.cli.command;

import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.ClientGone;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import dev.weir.cli.RuntimeControl;
import dev.weir.protocol.http1.BadMessage;
import dev.weir.protocol.http1.LastBadMessage;
import dev.weir.proxy.Frontend;
import dev.weir.server.ServerPool;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** {@code show errors}: the last messages that could not be read. */
public final class ErrorCommands implements CommandFamily {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final RuntimeControl control;

    public ErrorCommands(RuntimeControl control) {
        this.control = control;
    }

    @Override
    public void describe(CommandTable table) {
        table.add(
                "show errors",
                Level.OPERATOR,
                "show errors [<px>] [request|response]",
                "report last request and/or response errors for each proxy",
                this::show);
    }

    private void show(Arguments arguments, Answer answer) throws CommandFailure, ClientGone {
        Integer proxy = null;
        boolean isRequestWanted = true;
        boolean isResponseWanted = true;
        while (arguments.hasNext()) {
            String word = arguments.next();
            switch (word) {
                case "request" -> isResponseWanted = false;
                case "response" -> isRequestWanted = false;
                default -> proxy = proxy == null ? id(word) : proxy;
            }
        }
        answer.line("Total events captured on [" + DATE.format(Instant.now()) + "] : " + LastBadMessage.eventCount());
        for (Frontend frontend : control.process().frontends().values()) {
            if (isRequestWanted) {
                String title = "frontend " + frontend.name() + " (#" + frontend.id() + "): invalid request";
                event(frontend.state().badRequest().last(), frontend.id(), proxy, title, answer);
            }
        }
        for (ServerPool pool : control.process().pools().all()) {
            if (isResponseWanted) {
                String title = "backend " + pool.name() + " (#" + pool.id() + "): invalid response";
                event(pool.badResponse().last(), pool.id(), proxy, title, answer);
            }
        }
    }

    /** By name, or, as HAProxy does, by a number that need not be any proxy's. */
    private int id(String proxy) throws CommandFailure {
        Frontend frontend = Names.frontendOrNull(proxy, control);
        if (frontend != null) {
            return frontend.id();
        }
        ServerPool pool = Names.backendOrNull(proxy, control);
        if (pool != null) {
            return pool.id();
        }
        if (!proxy.matches("-?[0-9]{1,9}") || Integer.parseInt(proxy) == 0) {
            throw new CommandFailure("No such proxy.");
        }
        return Integer.parseInt(proxy);
    }

    /** @param wanted the proxy that one of both sides has to be; a negative one is any, null too */
    private static void event(LastBadMessage.Event event, int id, Integer wanted, String title, Answer answer)
            throws ClientGone {
        if (event == null) {
            return;
        }
        BadMessage message = event.message();
        if (wanted != null && wanted >= 0 && wanted != id && wanted != message.otherProxyId()) {
            return;
        }
        answer.line(" ");
        Instant at = Instant.ofEpochSecond(0, message.epochMicros() * 1000);
        answer.line("[" + DATE.format(at) + "] " + title);
        answer.line("  " + message.otherSide() + ", event #" + event.number() + ", src " + message.client());
        answer.line("  len " + message.bytes().length + ", error at position " + message.position() + ": "
                + message.fault().text());
        answer.line("  ");
        MessageDump.write(message.bytes(), answer.text());
        answer.flush();
    }
}
