package dev.weir.launch;

import dev.weir.cli.RuntimeControl;
import dev.weir.cli.metric.PrometheusService;
import dev.weir.cli.page.PageSettings;
import dev.weir.cli.page.StatsService;
import dev.weir.config.compile.Services;
import dev.weir.resolver.NameLookup;
import dev.weir.rule.NameResolver;
import dev.weir.rule.service.Service;
import java.security.SecureRandom;
import java.util.HexFormat;

/** What this process answers itself. Any thread. */
record ProcessServices(RuntimeControl control, String formToken) implements Services {
    private static final int TOKEN_BYTES = 16;

    /** Forms of the statistics page have to bring back a token that is this process's. */
    ProcessServices(RuntimeControl control) {
        this(control, token());
    }

    private static String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public Service named(String name) {
        return name.equals(PROMETHEUS) ? new PrometheusService(control) : null;
    }

    @Override
    public NameResolver resolver(String section) {
        return (host, preference) -> new NameLookup(control.resolvers(), section, host, preference);
    }

    @Override
    public Service page(PageSettings settings) {
        return new StatsService(control, settings, formToken);
    }
}
