package dev.weir.config.compile;

import dev.weir.rule.BandwidthFilter;
import dev.weir.rule.NameResolver;
import dev.weir.rule.RuleResources;
import dev.weir.rule.reply.ErrorReplies;
import dev.weir.rule.service.Service;
import java.util.Map;

/**
 * What the rules of one proxy refer to by name.
 *
 * @param shared what those of all proxies do
 * @param filters its own
 */
record ProxyResources(RuleResources shared, Map<String, BandwidthFilter> filters) implements RuleResources {
    @Override
    public ErrorReplies errorSection(String name) {
        return shared.errorSection(name);
    }

    @Override
    public Service service(String name) {
        return shared.service(name);
    }

    @Override
    public NameResolver resolver(String section) {
        return shared.resolver(section);
    }

    @Override
    public BandwidthFilter bandwidthFilter(String name) {
        return filters.get(name);
    }

    @Override
    public int bufferBytes() {
        return shared.bufferBytes();
    }
}
