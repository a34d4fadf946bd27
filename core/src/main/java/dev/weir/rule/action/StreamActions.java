package dev.weir.rule.action;

import static dev.weir.rule.HttpRuleSet.REQUEST;
import static dev.weir.rule.HttpRuleSet.RESPONSE;

import dev.weir.rule.HttpActionFamily;
import dev.weir.rule.HttpActionTable;
import dev.weir.rule.HttpRuleSet;
import java.util.EnumSet;
import java.util.Set;

/** What HTTP rules share with TCP rules: variables, names of the client's connection, logging and queueing. */
final class StreamActions implements HttpActionFamily {
    private static final Set<HttpRuleSet> ALL = EnumSet.allOf(HttpRuleSet.class);
    private static final Set<HttpRuleSet> REQUESTS = EnumSet.of(REQUEST);

    @Override
    public void describe(HttpActionTable table) {
        table.effect("set-var", ALL, "sets a variable to the value of an expression", VariableEffects::set);
        table.effect("set-var-fmt", ALL, "sets a variable to a formatted text", VariableEffects::setFormat);
        table.effect("unset-var", ALL, "removes a variable", VariableEffects::unset);
        table.effect("set-src", REQUESTS, "changes the source address", AddressEffects::setSource);
        table.effect("set-src-port", REQUESTS, "changes the source port", AddressEffects::setSourcePort);
        table.effect("set-dst", REQUESTS, "changes the destination address", AddressEffects::setDestination);
        table.effect("set-dst-port", REQUESTS, "changes the destination port", AddressEffects::setDestinationPort);
        table.effect(
                "set-log-level",
                ALL,
                "changes the severity of the log line, or silences it",
                StreamEffects::setLogLevel);
        table.effect("do-log", ALL, "writes a log line now", StreamEffects::log);
        table.effect("set-priority-class", REQUESTS, "sets the class in queues", StreamEffects::setPriorityClass);
        table.effect("set-priority-offset", REQUESTS, "sets the offset in queues", StreamEffects::setPriorityOffset);
        table.effect(
                "set-nice",
                EnumSet.of(REQUEST, RESPONSE),
                "accepted without effect: there is no such scheduler here",
                StreamEffects::setNice);
        Set<HttpRuleSet> both = EnumSet.of(REQUEST, RESPONSE);
        table.effect(
                "set-bandwidth-limit", both, "puts a `filter bwlim-in` or `bwlim-out` in force", BandwidthEffects::set);
        table.effect("set-fc-mark", both, "marks the packets to the client", SocketEffects::setMark);
        table.effect("set-fc-tos", both, "sets the type of service of packets to the client", SocketEffects::setTos);
        table.effect("set-bc-mark", REQUESTS, "marks the packets to the server", SocketEffects::setServerMark);
        table.effect(
                "set-bc-tos",
                REQUESTS,
                "sets the type of service of packets to the server",
                SocketEffects::setServerTos);
        table.effect("set-retries", REQUESTS, "sets the number of retries, 0 to 100", StreamEffects::setRetries);
        table.effect("set-mark", both, "as `set-fc-mark`", SocketEffects::setMark);
        table.effect("set-tos", both, "as `set-fc-tos`", SocketEffects::setTos);
    }
}
