package dev.weir.proxy;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.Listener;
import dev.weir.bridge.transport.LoopFigures;
import dev.weir.bridge.transport.Transport;
import dev.weir.bridge.transport.TransportException;
import dev.weir.listen.HeldListener;
import dev.weir.listen.SharedListener;
import dev.weir.listen.TakenSockets;
import dev.weir.stream.Cause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Listeners and sessions of the process. A new snapshot is put in force in two steps: {@link #prepare} opens what is new and may
 * fail without having changed anything; {@link #commit} gives what is open its new role and closes what nobody wants any more.
 *
 * <p>Thread: the one that boots and reloads.
 */
public final class RunningProxy {
    private final Transport transport;
    private final ProxyProcess process;
    private final LoopContext[] contexts;
    private final Map<String, OpenBind> open = new HashMap<>();
    /** What {@link #closeListeners} has closed. */
    private final List<Listener> closing = new ArrayList<>();

    /** A bind address with its sockets. */
    private static final class OpenBind {
        private final ListenOptions options;
        private final BindListener handler;
        private final List<HeldListener> listeners = new ArrayList<>();
        private Frontend frontend;

        OpenBind(ListenOptions options, BindListener handler, Frontend frontend) {
            this.options = options;
            this.handler = handler;
            this.frontend = frontend;
        }
    }

    /** @param http makes the source of a loop's sessions of {@code mode http} */
    public RunningProxy(Transport transport, ProxyProcess process, Function<LoopContext, SessionSource> http) {
        this.transport = transport;
        this.process = process;
        contexts = new LoopContext[transport.loopCount()];
        for (int i = 0; i < contexts.length; i++) {
            contexts[i] = new LoopContext(transport.loop(i), process, http);
        }
    }

    /** What {@link #prepare} opened; nobody else knows it yet. */
    public final class Prepared {
        private final Map<String, OpenBind> opened = new LinkedHashMap<>();

        /** Closes it again. */
        public void abandon() {
            opened.values()
                    .forEach(bind ->
                            bind.listeners.forEach(held -> held.listener().close()));
        }
    }

    /**
     * Opens the sockets that a snapshot wants and that are not open. They take connections only after {@link #commit}.
     *
     * @param taken sockets of a process that ran before, used instead of new ones
     * @throws TransportException with HAProxy's words: {@code Starting frontend web: cannot bind socket (...) [address]}
     */
    public Prepared prepare(Snapshot snapshot, TakenSockets taken) throws TransportException {
        Prepared prepared = new Prepared();
        for (Bind bind : snapshot.binds()) {
            if (!open.containsKey(bind.identity()) && !prepared.opened.containsKey(bind.identity())) {
                try {
                    prepared.opened.put(bind.identity(), open(bind, taken));
                } catch (TransportException e) {
                    prepared.abandon();
                    throw new TransportException(
                            "Binding " + bind.position() + " for proxy " + bind.frontendName() + ": " + e.getMessage()
                                    + " [" + bind.text() + "]",
                            e.errno());
                }
            }
        }
        return prepared;
    }

    private OpenBind open(Bind bind, TakenSockets taken) throws TransportException {
        OpenBind opened = new OpenBind(
                bind.options(),
                new BindListener(contexts, bind.options().endpoint, bind.role()),
                bind.role().frontend());
        for (Listener listener : taken.listen(loopsFor(bind), bind.options(), opened.handler)) {
            listener.pause();
            opened.listeners.add(new HeldListener(listener));
        }
        opened.handler.opened(opened.listeners.getFirst().listener().name());
        return opened;
    }

    /** Sockets of an address and port share it over the loops; a path, a name or an inherited socket is one loop's. */
    private List<EventLoop> loopsFor(Bind bind) throws TransportException {
        int last = Math.min(bind.loopLast(), transport.loopCount() - 1);
        int choices = last - bind.loopFirst() + 1;
        if (choices <= 0) {
            throw new TransportException("there is no thread " + (bind.loopFirst() + 1), 0);
        }
        boolean isShared = bind.options().endpoint instanceof Endpoint.Inet && bind.options().reusePort;
        int count = isShared ? choices : 1;
        int first = isShared ? 0 : Math.floorMod(bind.identity().hashCode(), choices);
        List<EventLoop> loops = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            loops.add(transport.loop(bind.loopFirst() + (first + i) % choices));
        }
        return loops;
    }

    /** Puts a snapshot in force whose binds were prepared. Cannot fail. */
    public void commit(Prepared prepared, Snapshot snapshot) {
        process.limits(
                snapshot.limits().connectionsMax(),
                snapshot.limits().connectionsPerSecond(),
                snapshot.limits().sessionsPerSecond());
        process.node(snapshot.limits().node());
        process.description(snapshot.limits().description());
        process.closeSpread().window(snapshot.limits().closeSpreadNs());
        process.rejectPrivilegedPorts(snapshot.limits().rejectsPrivilegedPorts());
        process.variables(snapshot.variables(), snapshot.limits().variables());
        process.proxies(snapshot.frontends(), snapshot.backends());
        for (Frontend frontend : snapshot.frontends().values()) {
            frontend.state().gate().limit(frontend.connectionsMax);
        }
        boolean countsContinuously =
                snapshot.frontends().values().stream().anyMatch(frontend -> frontend.countsContinuously);
        for (LoopContext context : contexts) {
            context.loop.execute(() -> context.continuousCounts.want(countsContinuously));
        }
        Map<String, OpenBind> wanted = new LinkedHashMap<>();
        for (Bind bind : snapshot.binds()) {
            OpenBind known = open.get(bind.identity());
            OpenBind now = known != null ? known : prepared.opened.get(bind.identity());
            wanted.put(bind.identity(), now);
        }
        process.listeners(wanted.values().stream().map(bind -> bind.handler).toList());
        for (Bind bind : snapshot.binds()) {
            adopt(wanted.get(bind.identity()), bind, !open.containsKey(bind.identity()));
        }
        open.values().stream().filter(bind -> !wanted.containsValue(bind)).forEach(this::close);
        open.clear();
        open.putAll(wanted);
    }

    private void adopt(OpenBind bind, Bind wanted, boolean isNew) {
        Frontend frontend = wanted.role().frontend();
        boolean isMoved = !isNew && bind.frontend.state() != frontend.state();
        for (HeldListener listener : bind.listeners) {
            if (isMoved) {
                bind.frontend.state().gate().forget(listener);
            }
            if (isNew) {
                process.gate().guard(listener);
                bind.handler.gate().guard(listener);
            }
            if (isNew || isMoved) {
                frontend.state().gate().guard(listener);
            }
        }
        bind.handler.gate().limit(wanted.connectionsMax());
        bind.handler.role(wanted.role());
        bind.frontend = frontend;
        if (isNew) {
            frontend.state().shutDown(false);
            bind.listeners.forEach(HeldListener::start);
        }
    }

    private void close(OpenBind bind) {
        for (HeldListener listener : bind.listeners) {
            process.gate().forget(listener);
            bind.frontend.state().gate().forget(listener);
            listener.listener().close();
        }
    }

    /** {@code enable|disable frontend}: takes connections again, or none for now. False if it has no open socket. */
    public boolean enable(String frontend, boolean isEnabled) {
        boolean isFound = false;
        for (OpenBind bind : open.values()) {
            if (bind.frontend.name().equals(frontend)) {
                isFound = true;
                bind.listeners.forEach(isEnabled ? HeldListener::start : HeldListener::pause);
                bind.frontend.state().disabled(!isEnabled);
            }
        }
        return isFound;
    }

    /** {@code shutdown frontend}: its sockets are closed for as long as this configuration is in force. False if it has none. */
    public boolean shutdown(String frontend) {
        boolean isFound = false;
        for (OpenBind bind : List.copyOf(open.values())) {
            if (bind.frontend.name().equals(frontend)) {
                isFound = true;
                close(bind);
                open.values().remove(bind);
                bind.frontend.state().shutDown(true);
            }
        }
        return isFound;
    }

    /** Takes no new connections any more, and ends those that wait for a request. */
    public void closeListeners() {
        for (OpenBind bind : open.values()) {
            close(bind);
            bind.listeners.forEach(held -> closing.add(held.listener()));
        }
        open.clear();
        for (LoopContext context : contexts) {
            context.loop.execute(context::dismissIdle);
        }
    }

    /** Whether, after {@link #closeListeners}, nobody comes any more whom the kernel had accepted before. */
    public boolean hasClosedListeners() {
        return closing.stream().allMatch(Listener::isGone);
    }

    /** The sockets that a new process may take: all but those that this one has inherited. */
    public List<SharedListener> listeners() {
        List<SharedListener> shared = new ArrayList<>();
        for (OpenBind bind : open.values()) {
            if (!(bind.options.endpoint instanceof Endpoint.Inherited)) {
                bind.listeners.forEach(
                        held -> shared.add(SharedListener.of(held.listener(), bind.options.socket.device)));
            }
        }
        return shared;
    }

    /** Where it listens in fact, in no order. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        open.values()
                .forEach(bind ->
                        names.add(bind.listeners.getFirst().listener().name().toString()));
        return names;
    }

    /** Looks at the sessions of one loop. */
    public SessionWalk walk(int loopIndex) {
        return new SessionWalk(contexts[loopIndex]);
    }

    /** Ends a session; whether there is one of that number is known when its loop has had its turn. */
    public CompletableFuture<Boolean> kill(long number, Cause cause) {
        CompletableFuture<Boolean> isFound = new CompletableFuture<>();
        LoopContext context = contexts[(int) Long.remainderUnsigned(number, contexts.length)];
        context.loop.execute(() -> isFound.complete(context.kill(number, cause)));
        return isFound;
    }

    /** What a loop holds and has done; when it has had its turn. */
    public CompletableFuture<LoopFigures> figures(int loopIndex) {
        CompletableFuture<LoopFigures> figures = new CompletableFuture<>();
        EventLoop loop = contexts[loopIndex].loop;
        loop.execute(() -> figures.complete(loop.figures()));
        return figures;
    }

    /** The same without waiting for the loop: figures may lag, and not fit together. */
    public LoopFigures figuresAtAGlance(int loopIndex) {
        return contexts[loopIndex].loop.figures();
    }

    public int loopCount() {
        return contexts.length;
    }

    /** Ends all sessions. */
    public void killAll(Cause cause) {
        for (LoopContext context : contexts) {
            context.loop.execute(() -> context.killAll(cause));
        }
    }
}
