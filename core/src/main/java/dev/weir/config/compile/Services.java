package dev.weir.config.compile;

import dev.weir.cli.page.PageSettings;
import dev.weir.rule.service.Service;

/** What answers requests inside the process, for configurations that ask for it. Implemented by whoever boots the process. */
public interface Services {
    /** For looking at configurations only: everything is there, nothing is ever asked. */
    Services TRIAL = new Services() {
        @Override
        public Service named(String name) {
            return name.equals(PROMETHEUS) ? Services::neverAsked : null;
        }

        @Override
        public Service page(PageSettings settings) {
            return Services::neverAsked;
        }
    };

    /** Name of the exporter in {@code use-service}. */
    String PROMETHEUS = "prometheus-exporter";

    private static dev.weir.rule.service.ServiceAnswer neverAsked(dev.weir.rule.service.ServiceRequest request) {
        throw new IllegalStateException("a configuration that is only looked at serves nobody");
    }

    /** Null if there is none of that name. */
    Service named(String name);

    /** The statistics page. */
    Service page(PageSettings settings);
}
