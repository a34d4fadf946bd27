package dev.weir.stream;

import dev.weir.clock.Clock;
import java.util.HashMap;
import java.util.Map;

/** A process with a clock that tests move, and one frontend and backend. */
public final class FakeProcess implements ProcessView, Clock {
    public final FakeFrontend frontend = new FakeFrontend("fe");
    public final FakeServer server = new FakeServer("s1");
    public final FakeServer downServer = new FakeServer("s2");
    public final Map<String, FakeBackend> backends = new HashMap<>();
    public final FakeBackend backend;
    public final ProcessVariables variables = new ProcessVariables();
    public VariableLimits limits = VariableLimits.NONE;
    public long nanoTime = 5_000_000_000L;
    public long epochMicros = 1_700_000_000_123_456L;
    public boolean isStopping;

    public FakeProcess() {
        downServer.isUp = false;
        downServer.id = 2;
        backend = add(new FakeBackend("be", server, downServer));
    }

    public FakeBackend add(FakeBackend backend) {
        backends.put(backend.name, backend);
        return backend;
    }

    /** A stream that was just accepted from 192.0.2.7:1234 on 198.51.100.1:443. */
    public Stream stream() {
        Stream stream = new Stream();
        start(stream);
        return stream;
    }

    /** Begins a session as {@link #stream} does. */
    public void start(Stream stream) {
        stream.start(this, frontend, frontend, 7, 0);
        stream.clientSide().connectionSource().ipv4(0xC0000207, 1234);
        stream.clientSide().connectionDestination().ipv4(0xC6336401, 443);
        stream.times().accepted(nanoTime, epochMicros);
    }

    @Override
    public long nanoTime() {
        return nanoTime;
    }

    @Override
    public long epochMicros() {
        return epochMicros;
    }

    @Override
    public Clock clock() {
        return this;
    }

    @Override
    public int pid() {
        return 4242;
    }

    @Override
    public String nodeName() {
        return hostName();
    }

    @Override
    public String hostName() {
        return "edge";
    }

    @Override
    public int connections() {
        return 1;
    }

    @Override
    public long startNs() {
        return 0;
    }

    @Override
    public boolean isStopping() {
        return isStopping;
    }

    @Override
    public int threadCount() {
        return 1;
    }

    @Override
    public ProcessVariables variables() {
        return variables;
    }

    @Override
    public VariableLimits variableLimits() {
        return limits;
    }

    @Override
    public FrontendView frontend(String name) {
        return frontend.name.equals(name) ? frontend : null;
    }

    @Override
    public BackendView backend(String name) {
        return backends.get(name);
    }
}
