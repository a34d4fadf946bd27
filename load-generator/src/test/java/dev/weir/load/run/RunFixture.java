package dev.weir.load.run;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.load.http.Expectation;
import dev.weir.load.origin.Origin;
import dev.weir.load.origin.OriginOptions;
import dev.weir.load.plan.Plan;
import dev.weir.load.plan.Targets;
import dev.weir.load.plan.Url;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Runs against origins in the same process, over real sockets. */
@Timeout(120)
abstract class RunFixture {
    static final long MS = 1_000_000;
    static final long SECOND = 1000 * MS;

    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    protected final List<String> log = Collections.synchronizedList(new ArrayList<>());
    protected final Plan plan = new Plan();
    protected final Targets.Common common = new Targets.Common();

    protected RunFixture() {
        plan.requests = 200;
        plan.durationNs = Long.MAX_VALUE;
        plan.connections = 4;
        // Machines that test may be slow: nothing here is to fail for that.
        plan.timeoutNs = 60 * SECOND;
        plan.connectTimeoutNs = 60 * SECOND;
    }

    @AfterEach
    void closeAll() throws Exception {
        while (!resources.isEmpty()) {
            resources.pop().close();
        }
    }

    protected <T extends AutoCloseable> T closing(T resource) {
        resources.push(resource);
        return resource;
    }

    protected Origin origin(Consumer<OriginOptions> settings) throws Exception {
        OriginOptions options = new OriginOptions();
        settings.accept(options);
        return closing(new Origin(options, log::add));
    }

    /** An origin of one service; its address as host and port. */
    protected String listen(Origin origin, String url) throws Exception {
        Url parsed = Url.parseToListen(url);
        int port = origin.serve(
                new Endpoint.Inet(InetAddress.getByName(parsed.host()), parsed.port()), Targets.tcpJob(parsed));
        return parsed.host() + ":" + port;
    }

    protected String httpOrigin() throws Exception {
        return listen(origin(options -> {}), "http://127.0.0.1:0");
    }

    protected Outcome run(String... urls) {
        Targets targets = new Targets(common);
        for (String url : urls) {
            targets.add(url, 1);
        }
        return run(targets);
    }

    protected Outcome run(Targets targets) {
        plan.targets = targets.targets();
        return new Run(plan, NOBODY, log::add).execute();
    }

    protected void expect(Consumer<Expectation> wished) {
        common.expectation = () -> {
            Expectation expectation = new Expectation();
            wished.accept(expectation);
            return expectation;
        };
    }

    static final RunObserver NOBODY = new RunObserver() {
        @Override
        public void onStart(Outcome outcome) {}

        @Override
        public void onSecond(Outcome outcome, Second second, Tally tally) {}
    };
}
