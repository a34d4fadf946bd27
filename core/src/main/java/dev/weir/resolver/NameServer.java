package dev.weir.resolver;

/** A name server of a section, alive. Thread: the resolvers', but for name and counters. */
public final class NameServer {
    private final String resolver;
    private final NameServerSettings settings;
    private final ResolverCounters counters;
    private final NameServerLink link;

    /** Opens the ways to a name server. */
    interface LinkFactory {
        NameServerLink open(NameServerSettings settings, int payloadBytes, NameServerLink.Listener listener);
    }

    /** @param resolver name of the section */
    NameServer(String resolver, NameServerSettings settings, ResolverCounters counters, NameServerLink link) {
        this.resolver = resolver;
        this.settings = settings;
        this.counters = counters;
        this.link = link;
    }

    public String name() {
        return settings.name();
    }

    /** {@code section/name}, as messages write it. */
    public String path() {
        return resolver + "/" + name();
    }

    public ResolverCounters counters() {
        return counters;
    }

    NameServerSettings settings() {
        return settings;
    }

    boolean send(byte[] question) {
        boolean isSent = settings.isStream() ? link.sendByStream(question) : link.send(question);
        counters.increment(isSent ? ResolverCounter.SENT : ResolverCounter.SEND_ERROR);
        return isSent;
    }

    /** Asks for the whole of an answer that came truncated. */
    boolean sendAgainByStream(byte[] question) {
        return !settings.isStream() && link.sendByStream(question);
    }

    void close() {
        link.close();
    }
}
