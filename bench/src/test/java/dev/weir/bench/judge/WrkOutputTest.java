package dev.weir.bench.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.report.data.Figure;
import org.junit.jupiter.api.Test;

class WrkOutputTest {
    private static final String OUTPUT = """
            Running 1s test @ http://127.0.0.1:1/
              1 threads and 64 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     1.65ms  433.00us   5.39ms   81.50%
                Req/Sec    38.62k     1.01k   40.13k    80.00%
              Latency Distribution
                 50%  902.00us
                 75%    1.71ms
                 90%    2.08ms
                 99%    1.31s
              38424 requests in 1.00s, 3.81MB read
            Requests/sec:  38407.44
            Transfer/sec:      3.81MB
            """;

    @Test
    void shouldReadLatenciesInMicroseconds() {
        Judgement judgement = WrkOutput.parse(OUTPUT);

        assertThat(judgement.latencies())
                .containsEntry(Figure.P50, 902.0)
                .containsEntry(Figure.P75, 1710.0)
                .containsEntry(Figure.P99, 1_310_000.0)
                .containsEntry(Figure.MEAN, 1650.0)
                .containsEntry(Figure.MAX, 5390.0);
        assertThat(judgement.errors()).isEmpty();
    }

    @Test
    void shouldKeepErrors() {
        String errors =
                OUTPUT + "  Socket errors: connect 0, read 3, write 0, timeout 1\n  Non-2xx or 3xx responses: 7\n";

        assertThat(WrkOutput.parse(errors).errors()).contains("read 3").contains("responses: 7");
    }
}
