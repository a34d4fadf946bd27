package dev.weir.resolver;

import dev.weir.clock.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * All sections of the configuration in force, and the thread that works for them. It never waits for a name server, and nothing that
 * carries traffic waits for it. The thread starts with the first task; a process whose configuration resolves no name at run time
 * has none.
 */
public final class Resolvers implements AutoCloseable {
    private static final long MS_NS = 1_000_000L;

    private final Clock clock;
    private final RandomGenerator random = new SecureRandom();
    private final Ipv6Gateway ipv6;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(ResolverSettings.PAYLOAD_BYTES_MAX + 1);
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private volatile Map<String, Resolver> sections = Map.of();
    /** Its thread begins with the first who asks: among them sessions, on their loops. */
    private final AtomicBoolean isRunning = new AtomicBoolean();

    private volatile boolean isClosed;

    public Resolvers(Clock clock) {
        this.clock = clock;
        this.ipv6 = new Ipv6Gateway(clock);
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- for everyone ----

    /**
     * Puts the sections of a configuration in force. A section that says the same as before goes on; another one of the same name keeps
     * the counters of the name servers that it keeps. Configurations are put in force one at a time.
     */
    public void apply(Collection<ResolverSettings> configured) {
        Map<String, Resolver> before = sections;
        Map<String, Resolver> wanted = new LinkedHashMap<>();
        for (ResolverSettings settings : configured) {
            Resolver known = before.get(settings.name());
            boolean isSame = known != null && known.settings().equals(settings);
            wanted.put(
                    settings.name(),
                    isSame ? known : new Resolver(settings, known, clock, random, this::link, ipv6::isThere));
        }
        sections = wanted;
        if (isRunning.get()) {
            execute(() -> retire(before, wanted));
        }
    }

    private static void retire(Map<String, Resolver> before, Map<String, Resolver> wanted) {
        for (Resolver resolver : before.values()) {
            if (wanted.get(resolver.settings().name()) != resolver) {
                resolver.retire();
            }
        }
    }

    private NameServerLink link(NameServerSettings settings, int payloadBytes, NameServerLink.Listener listener) {
        return new SocketLink(selector, buffer, settings, payloadBytes, listener);
    }

    /** The sections in force, in order of declaration. Any thread. */
    public Collection<Resolver> all() {
        return sections.values();
    }

    /** The section of that name, null if there is none. Any thread. */
    public Resolver named(String name) {
        return sections.get(name);
    }

    /** Runs a short task that does not wait on the resolvers' thread. Any thread; a session has one at a time. */
    public void execute(Runnable task) {
        tasks.add(task);
        if (!isRunning.get() && isRunning.compareAndSet(false, true)) {
            Thread.ofPlatform().name("weir-resolvers").daemon().start(this::run);
        }
        selector.wakeup();
    }

    /** Ends the thread, whose sockets go with the process. Any thread. */
    @Override
    public void close() {
        isClosed = true;
        selector.wakeup();
    }

    // ---- the thread ----

    private void run() {
        long nextNs = clock.nanoTime();
        while (!isClosed) {
            select(nextNs);
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
            nextNs = Long.MAX_VALUE;
            for (Resolver resolver : sections.values()) {
                nextNs = Math.min(nextNs, resolver.tick());
            }
        }
    }

    /** Waits for answers, tasks or the time. */
    private void select(long untilNs) {
        try {
            if (untilNs == Long.MAX_VALUE) {
                selector.select(Resolvers::ready);
                return;
            }
            long waitMs = Math.ceilDiv(untilNs - clock.nanoTime(), MS_NS);
            if (waitMs > 0) {
                selector.select(Resolvers::ready, waitMs);
            } else {
                selector.selectNow(Resolvers::ready);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void ready(SelectionKey key) {
        if (key.isValid()) {
            ((SelectedChannel) key.attachment()).ready();
        }
    }
}
