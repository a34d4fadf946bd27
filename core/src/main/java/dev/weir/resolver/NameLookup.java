package dev.weir.resolver;

import java.net.InetAddress;

/**
 * One question for the address of a name: it joins those who ask the same, takes an answer that is still fresh, and is over with the answer, or
 * when retries and timeouts of the section are used up. One thread begins and abandons it; any may look whether it is over.
 */
public final class NameLookup {
    private final Resolvers resolvers;
    private final String section;
    private final String host;
    private final AddressPreference preference;
    private final Asking asking = new Asking();
    private volatile boolean isOver;
    private volatile InetAddress address;

    /** @param section name of one that is in force; one that is gone by now answers nothing */
    public NameLookup(Resolvers resolvers, String section, String host, AddressPreference preference) {
        this.resolvers = resolvers;
        this.section = section;
        this.host = host;
        this.preference = preference;
    }

    /** @param wake called once, on the resolvers' thread, when it is over */
    public void begin(Runnable wake) {
        resolvers.execute(() -> asking.start(wake));
    }

    public boolean isOver() {
        return isOver;
    }

    /** Null if there is none. When it is over. */
    public InetAddress address() {
        return address;
    }

    /** Nobody wants to know any more. */
    public void abandon() {
        resolvers.execute(asking::stop);
    }

    /** On the resolvers' thread. */
    private final class Asking implements Requester {
        private Runnable wake;
        private Resolver resolver;
        private Resolution resolution;

        void start(Runnable wakeWhenOver) {
            wake = wakeWhenOver;
            resolver = resolvers.named(section);
            resolution = resolver == null ? null : resolver.link(host, Resolver.Kind.of(preference), this);
            if (resolution == null) {
                end(null);
            } else if (resolution.hasFreshAnswer()) {
                end(resolution.choose(preference, null, null));
            }
        }

        void stop() {
            if (resolution != null) {
                resolver.unlink(resolution, this);
                resolution = null;
            }
        }

        private void end(InetAddress found) {
            stop();
            address = found;
            isOver = true;
            wake.run();
        }

        @Override
        public void resolved(Resolution answered, NameServer from) {
            end(answered.choose(preference, null, null));
        }

        @Override
        public boolean failed(Resolution failed) {
            end(null);
            return false;
        }

        @Override
        public void vanished(ResolvedRecord record) {
            // nothing is kept beyond the answer
        }

        @Override
        public void retired() {
            resolution = null;
            end(null);
        }
    }
}
