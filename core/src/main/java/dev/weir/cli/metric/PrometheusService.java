package dev.weir.cli.metric;

import dev.weir.cli.RuntimeControl;
import dev.weir.rule.service.Service;
import dev.weir.rule.service.ServiceAnswer;
import dev.weir.rule.service.ServiceRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code use-service prometheus-exporter}. */
public final class PrometheusService implements Service {
    private static final String TEXT = "text/plain; version=0.0.4";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final RuntimeControl control;

    public PrometheusService(RuntimeControl control) {
        this.control = control;
    }

    @Override
    public String logName() {
        return "<PROMEX>";
    }

    @Override
    public ServiceAnswer answer(ServiceRequest request) {
        String page = MetricPage.write(control, request.query());
        if (page == null) {
            return plain(
                    400,
                    "text/plain",
                    "Unknown scope: global, frontend, listener, backend, server, sticktable, resolver and * are known.\n");
        }
        return request.acceptsOpenMetrics() ? plain(200, OPEN_METRICS, OpenMetrics.of(page)) : plain(200, TEXT, page);
    }

    private static ServiceAnswer plain(int status, String type, String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("cache-control", "no-cache");
        fields.put("content-type", type);
        return new ServiceAnswer(status, fields, text.getBytes(StandardCharsets.UTF_8));
    }
}
