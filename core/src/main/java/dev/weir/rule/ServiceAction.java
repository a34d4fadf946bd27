package dev.weir.rule;

import dev.weir.rule.service.Service;
import dev.weir.sample.Scratch;
import dev.weir.stream.Stream;

/** {@code use-service}: a service of the process answers. */
public record ServiceAction(Service service) implements HttpAction {
    @Override
    public HttpRuleResult run(Stream stream, Scratch scratch) {
        return HttpRuleResult.SERVICE;
    }
}
