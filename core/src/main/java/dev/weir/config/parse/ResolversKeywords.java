package dev.weir.config.parse;

import dev.weir.config.model.AddressSpec.Inet;
import dev.weir.config.model.Position;
import dev.weir.config.model.Problems;
import dev.weir.config.model.ResolversSection;
import dev.weir.config.model.ResolversSection.NameServerLine;
import dev.weir.config.parse.AddressParser.Ports;
import dev.weir.resolver.ResolverSettings;
import dev.weir.sample.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** The {@code resolvers} sections and their lines. Single-threaded. */
final class ResolversKeywords {
    private static final String HOLD_EVENTS = "expects either 'nx', 'timeout', 'valid', 'obsolete' or 'other'.";
    private static final int RETRIES_MAX = 1000;

    private final KeywordTable<ResolversDraft> table = table();
    private final Map<String, ResolversDraft> sections = new LinkedHashMap<>();
    private ResolversDraft section;

    static KeywordTable<ResolversDraft> table() {
        var table = new KeywordTable<ResolversDraft>("`resolvers` sections").manual("5.3.2");
        table.supported(
                "nameserver",
                0,
                "a name server: name, then address and port; `tcp@` before it asks by TCP only",
                ResolversKeywords::nameServer);
        table.supported(
                "parse-resolv-conf",
                0,
                "adds the name servers of /etc/resolv.conf",
                ResolversKeywords::systemNameServers);
        table.supported(
                "hold",
                0,
                "for how long the last answer outlives another status: `valid`, `obsolete`, `nx`, `refused`, `timeout`, `other`",
                ResolversKeywords::hold);
        table.supported(
                "resolve_retries", 0, "how often a question is sent before it has failed", ResolversKeywords::retries);
        table.supported(
                "timeout",
                0,
                "`resolve`: between two resolutions of a name; `retry`: how long an answer is waited for",
                ResolversKeywords::timeout);
        table.supported(
                "accepted_payload_size",
                0,
                "bytes of an answer by UDP; longer ones are asked for by TCP",
                ResolversKeywords::payload);
        table.removed("(it never appeared in a stable release).", "resolution_pool_size");
        return table;
    }

    /** Opens a section; the line stands at its name. False if there is none to fill. */
    boolean open(Environment environment, Line line) {
        String name = line.next();
        if (name.isEmpty()) {
            line.alert("missing name for resolvers section.");
            return false;
        }
        Sections.checkName("resolvers", name, line);
        ResolversDraft same = sections.get(name);
        if (same != null) {
            line.alert("resolvers '" + name + "' has same name as another resolvers (declared at " + same.at.file()
                    + ":" + same.at.line() + ").");
            return false;
        }
        section = new ResolversDraft(line.at(), name, environment);
        sections.put(name, section);
        line.subject("resolvers");
        line.end();
        return true;
    }

    void parse(Line line) {
        Keyword<ResolversDraft> keyword = table.take(line);
        if (keyword == null) {
            line.alert("unknown keyword '" + line.peek() + "' in 'resolvers' section" + table.hint(line.peek()));
            return;
        }
        table.apply(keyword, section, line, keyword.name());
        line.end();
    }

    // ---- name servers ----

    private static void nameServer(ResolversDraft section, Line line) {
        String name = line.next();
        String text = line.next();
        if (text.isEmpty()) {
            line.alertSubject("expects <name> and <addr>[:<port>] as arguments.");
            return;
        }
        char offender = Names.offender(name);
        if (offender != 0) {
            line.alert("character '" + offender + "' is not permitted in server name '" + name + "'.");
            return;
        }
        NameServerLine same = section.nameServer(name);
        if (same != null) {
            line.alert("nameserver '" + name + "' has same name as another nameserver (declared at "
                    + same.at().file() + ":" + same.at().line() + ").");
            return;
        }
        var parser = new AddressParser(text, Ports.OF_NAME_SERVER, section.environment);
        Inet address = parser.parseInet();
        if (address == null) {
            line.alert("'nameserver " + name + "' : " + parser.error());
            return;
        }
        section.add(line.at(), name, address, parser.isStream());
    }

    private static void systemNameServers(ResolversDraft section, Line line) {
        if (!SystemNameServers.addTo(section, SystemNameServers.FILE, line.problems())) {
            line.alert("failed to open " + SystemNameServers.FILE + ".");
        }
    }

    // ---- times and limits ----

    private static void hold(ResolversDraft section, Line line) {
        String event = line.next();
        if (!line.hasNext()) {
            line.alertSubject("expects an <event> and a <time> as arguments.");
            line.alert("<event> can be either 'valid', 'nx', 'refused', 'timeout', or 'other'");
            return;
        }
        String text = line.next();
        time(text, "<" + event + "> to <hold>", "<hold>", line, ms -> {
            switch (event) {
                case "nx" -> section.nxMs = ms;
                case "other" -> section.otherMs = ms;
                case "refused" -> section.refusedMs = ms;
                case "timeout" -> section.timeoutMs = ms;
                case "valid" -> section.validMs = ms;
                case "obsolete" -> section.obsoleteMs = ms;
                default -> line.alertSubject("unknown <event>: '" + event + "', " + HOLD_EVENTS);
            }
        });
    }

    private static void timeout(ResolversDraft section, Line line) {
        String which = line.next();
        if (!which.equals("retry") && !which.equals("resolve")) {
            String got = which.isEmpty() ? "." : " got '" + which + "'.";
            line.alertSubject("expects 'retry' or 'resolve' and <time> as arguments" + got);
            line.rest();
            return;
        }
        if (!line.hasNext()) {
            line.alert("'timeout " + which + "' expects <time> as argument.");
            return;
        }
        String text = line.next();
        String place = "<timeout " + which + ">";
        time(text, "<" + text + "> to " + place, place, line, ms -> {
            if (ms == 0) {
                line.alert("null value is not valid for '" + which + "' in <timeout>.");
            } else if (which.equals("retry")) {
                section.retryMs = ms;
            } else {
                section.resolveMs = ms;
            }
        });
    }

    private static void time(String text, String argument, String place, Line line, LongConsumer taker) {
        long ms = Quantity.timeMs(text, 1);
        if (ms == Quantity.OVERFLOW) {
            line.alert("timer overflow in argument " + argument + ", maximum value is 2147483647 ms (~24.8 days).");
        } else if (ms == Quantity.MALFORMED) {
            line.alert("unexpected character '" + Quantity.offender(text) + "' in argument to " + place + ".");
        } else {
            taker.accept(ms);
        }
    }

    private static void payload(ResolversDraft section, Line line) {
        String text = line.next();
        if (text.isEmpty()) {
            line.alertSubject("expects <nb> as argument.");
            return;
        }
        long bytes = Quantity.integer(text);
        if (bytes < ResolverSettings.PAYLOAD_BYTES_MIN || bytes > ResolverSettings.PAYLOAD_BYTES_MAX) {
            line.alertSubject("must be between " + ResolverSettings.PAYLOAD_BYTES_MIN + " and "
                    + ResolverSettings.PAYLOAD_BYTES_MAX + " inclusive (was " + text + ").");
            return;
        }
        section.payloadBytes = (int) bytes;
    }

    private static void retries(ResolversDraft section, Line line) {
        String text = line.next();
        if (text.isEmpty()) {
            line.alertSubject("expects <nb> as argument.");
            return;
        }
        long retries = Quantity.integer(text);
        if (retries < 1 || retries > RETRIES_MAX) {
            line.alertSubject("must be between 1 and " + RETRIES_MAX + " inclusive (was " + text + ").");
            return;
        }
        section.retries = (int) retries;
    }

    // ---- the end ----

    /** All sections, and {@code default} behind them with the system's name servers, unless there is one or none are known. */
    List<ResolversSection> build(Environment environment, Problems problems) {
        List<ResolversSection> built = new ArrayList<>();
        for (ResolversDraft draft : sections.values()) {
            if (draft.nameServers.isEmpty()) {
                problems.warning(draft.at, "resolvers '" + draft.name + "' has no nameservers configured!");
            }
            built.add(draft.build());
        }
        if (!sections.containsKey(ResolversSection.DEFAULT)) {
            var implicit = new ResolversDraft(Position.NONE, ResolversSection.DEFAULT, environment);
            SystemNameServers.addTo(implicit, SystemNameServers.FILE, new Problems()); // nobody asked for them
            if (!implicit.nameServers.isEmpty()) {
                built.add(implicit.build());
            }
        }
        return built;
    }
}
