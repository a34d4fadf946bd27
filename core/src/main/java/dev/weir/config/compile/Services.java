package dev.weir.config.compile;

import dev.weir.cli.page.PageSettings;
import dev.weir.rule.NameResolver;
import dev.weir.rule.service.Service;
import dev.weir.rule.service.ServiceAnswer;
import dev.weir.rule.service.ServiceRequest;

/** What answers requests inside the process, for configurations that ask for it. Implemented by whoever boots the process. */
public interface Services {
    /** What stands for a service in a configuration that is only looked at. */
    Service NEVER_ASKED = new Service() {
        @Override
        public String logName() {
            return "<NOSRV>";
        }

        @Override
        public ServiceAnswer answer(ServiceRequest request) {
            throw new IllegalStateException("a configuration that is only looked at serves nobody");
        }
    };

    /** For looking at configurations only: everything is there, nothing is ever asked. */
    Services TRIAL = new Services() {
        @Override
        public Service named(String name) {
            return name.equals(PROMETHEUS) ? NEVER_ASKED : null;
        }

        @Override
        public Service page(PageSettings settings) {
            return NEVER_ASKED;
        }

        @Override
        public NameResolver resolver(String section) {
            return (host, preference) -> {
                throw new IllegalStateException("a configuration that is only looked at asks nobody");
            };
        }
    };

    /** Name of the exporter in {@code use-service}. */
    String PROMETHEUS = "prometheus-exporter";

    /** Null if there is none of that name. */
    Service named(String name);

    /** The name servers of a section of the configuration. */
    NameResolver resolver(String section);

    /** The statistics page. */
    Service page(PageSettings settings);
}
