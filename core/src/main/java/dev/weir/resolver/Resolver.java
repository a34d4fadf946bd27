package dev.weir.resolver;

import dev.weir.clock.Clock;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * A {@code resolvers} section, alive: its name servers and what is asked of them. Its settings never change; a reload that changes
 * them makes another one. Thread: the resolvers', but for settings and counters.
 */
public final class Resolver {
    private static final int IDS = 1 << 16;

    private final ResolverSettings settings;
    private final Clock clock;
    private final RandomGenerator random;
    private final BooleanSupplier hasIpv6;
    private final List<NameServer> nameServers = new ArrayList<>();
    private final Map<Question, Resolution> resolutions = new HashMap<>();
    private final Map<Integer, Resolution> running = new HashMap<>();

    /**
     * @param before the section of that name whose counters go on, or null
     * @param random numbers that nobody can guess
     * @param hasIpv6 whether there is a way to IPv6 addresses; asked for {@link AcceptedFamilies#AUTO}
     */
    @SuppressWarnings("this-escape") // links keep their listener and use it later
    Resolver(
            ResolverSettings settings,
            Resolver before,
            Clock clock,
            RandomGenerator random,
            NameServer.LinkFactory links,
            BooleanSupplier hasIpv6) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.hasIpv6 = hasIpv6;
        for (NameServerSettings each : settings.nameServers()) {
            Inbox inbox = new Inbox();
            NameServerLink link = links.open(each, settings.payloadBytes(), inbox);
            inbox.from = new NameServer(settings.name(), each, counters(before, each), link);
            nameServers.add(inbox.from);
        }
    }

    private static ResolverCounters counters(Resolver before, NameServerSettings settings) {
        for (NameServer server : before == null ? List.<NameServer>of() : before.nameServers) {
            if (server.settings().equals(settings)) {
                return server.counters();
            }
        }
        return new ResolverCounters();
    }

    public ResolverSettings settings() {
        return settings;
    }

    /** In order of declaration. Any thread. */
    public List<NameServer> nameServers() {
        return nameServers;
    }

    // ---- requesters ----

    /** What is asked for. */
    public enum Kind {
        /** Addresses, IPv4 first. */
        IPV4(Type.A),
        /** Addresses, IPv6 first. */
        IPV6(Type.AAAA),
        SERVICES(Type.SRV);

        private final int type;

        Kind(int type) {
            this.type = type;
        }

        /** Addresses as preferred. */
        public static Kind of(AddressPreference preference) {
            return preference.isIpv4() ? IPV4 : IPV6;
        }
    }

    /** Whether it can be asked about: labels of 1 to 63 bytes, 255 with their lengths. */
    public static boolean isName(String host) {
        return Question.nameOf(host) != null;
    }

    /** Has a requester told about a name from now on; null if it is no domain name. Requesters of one name share a resolution. */
    public Resolution link(String host, Kind kind, Requester requester) {
        Name name = Question.nameOf(host);
        if (name == null) {
            return null;
        }
        Question question = accepted(new Question(name, kind.type));
        Resolution resolution = resolutions.computeIfAbsent(question, asked -> new Resolution(this, asked));
        resolution.requesters().add(requester);
        return resolution;
    }

    /** The question, or that for the other family where this one is not accepted. */
    Question accepted(Question question) {
        return accepts(question) ? question : question.ofOtherFamily();
    }

    boolean accepts(Question question) {
        return question.isForServices() || accepts(question.type() == Type.A);
    }

    boolean accepts(InetAddress address) {
        return accepts(address instanceof Inet4Address);
    }

    private boolean accepts(boolean isIpv4) {
        return switch (settings.families()) {
            case IPV4 -> isIpv4;
            case IPV6 -> !isIpv4;
            case BOTH -> true;
            case AUTO -> isIpv4 || hasIpv6.getAsBoolean();
        };
    }

    /** A resolution without requesters ends. */
    public void unlink(Resolution resolution, Requester requester) {
        resolution.requesters().remove(requester);
        if (resolution.requesters().isEmpty()) {
            resolutions.remove(resolution.question(), resolution);
            unregister(resolution);
        }
    }

    // ---- time ----

    long nanoTime() {
        return clock.nanoTime();
    }

    /** Does what is due, and says when there is more to do; {@link Long#MAX_VALUE} if there is nothing. */
    long tick() {
        for (Resolution resolution : new ArrayList<>(resolutions.values())) {
            if (!resolution.requesters().isEmpty()) { // one before it may have taken the last away
                resolution.tick();
            }
        }
        long nextNs = Long.MAX_VALUE;
        for (Resolution resolution : resolutions.values()) {
            nextNs = Math.min(nextNs, resolution.dueNs());
        }
        return nextNs;
    }

    void retire() {
        List<Resolution> left = new ArrayList<>(resolutions.values());
        resolutions.clear();
        running.clear();
        nameServers.forEach(NameServer::close);
        for (Resolution resolution : left) {
            List.copyOf(resolution.requesters()).forEach(Requester::retired);
        }
    }

    // ---- messages ----

    /** Gives a resolution a number that no other has. */
    int register(Resolution resolution) {
        int id = random.nextInt(IDS);
        while (running.containsKey(id)) { // there are far fewer names than numbers
            id = random.nextInt(IDS);
        }
        running.put(id, resolution);
        return id;
    }

    void unregister(Resolution resolution) {
        if (resolution.isRunning()) {
            running.remove(resolution.id(), resolution);
        }
    }

    /** What comes from one name server. */
    private final class Inbox implements NameServerLink.Listener {
        private NameServer from;

        @Override
        public void received(byte[] message, int length, boolean isByStream) {
            if (length < Short.BYTES) {
                from.counters().increment(ResolverCounter.INVALID);
                return;
            }
            Resolution resolution = running.get((message[0] & 0xFF) << 8 | message[1] & 0xFF);
            if (resolution == null || !resolution.isAwaiting(from)) {
                from.counters().increment(ResolverCounter.OUTDATED);
            } else {
                resolution.received(from, Arrays.copyOf(message, length), isByStream);
            }
        }

        @Override
        public void receivedTooMuch() {
            from.counters().increment(ResolverCounter.TOO_BIG);
        }

        @Override
        public void datagramsFailed() {
            from.counters().increment(ResolverCounter.SEND_ERROR);
        }

        @Override
        public void streamFailed() {
            for (Resolution resolution : new ArrayList<>(running.values())) {
                resolution.streamFailed(from);
            }
        }
    }
}
