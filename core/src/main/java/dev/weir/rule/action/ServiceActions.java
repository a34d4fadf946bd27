package dev.weir.rule.action;

import static dev.weir.rule.HttpRuleSet.REQUEST;

import dev.weir.rule.ActionTools;
import dev.weir.rule.HttpActionFamily;
import dev.weir.rule.HttpActionTable;
import dev.weir.rule.ServiceAction;
import dev.weir.rule.service.Service;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;
import java.util.EnumSet;

/** Requests that the process answers itself. */
final class ServiceActions implements HttpActionFamily {
    @Override
    public void describe(HttpActionTable table) {
        table.add(
                "use-service",
                EnumSet.of(REQUEST),
                "has a service of the process answer: `prometheus-exporter`",
                ServiceActions::useService);
    }

    private static ServiceAction useService(String word, Words words, ActionTools tools) throws ParseProblem {
        String name = words.require("service name");
        Service service = tools.resources().service(name);
        if (service == null) {
            throw new ParseProblem("'%s' unknown service name. Supported here: prometheus-exporter", name);
        }
        return new ServiceAction(service);
    }
}
