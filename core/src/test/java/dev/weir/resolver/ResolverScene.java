package dev.weir.resolver;

import dev.weir.clock.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A section whose name servers and time are the test's. */
final class ResolverScene {
    private static final long MS_NS = 1_000_000L;

    final List<Asked> asked = new ArrayList<>();
    final Map<String, NameServerLink.Listener> inboxes = new HashMap<>();
    final Resolver resolver;
    boolean refusesDatagrams;
    boolean refusesStreams;
    boolean hasIpv6 = true;
    private long nowNs = 1_000 * MS_NS;

    /** A question as a name server got it. */
    record Asked(String server, boolean isByStream, Message message) {
        String type() {
            return Type.string(message.getQuestion().getType());
        }
    }

    ResolverScene(ResolverSettings settings) {
        var clock = new Clock() {
            @Override
            public long nanoTime() {
                return nowNs;
            }

            @Override
            public long epochMicros() {
                throw new UnsupportedOperationException();
            }
        };
        resolver = new Resolver(settings, null, clock, new Random(42), this::link, () -> hasIpv6);
    }

    static ResolverSettings settings(HoldTimes hold, String... servers) {
        return settings(AcceptedFamilies.BOTH, hold, servers);
    }

    static ResolverSettings settings(AcceptedFamilies families, HoldTimes hold, String... servers) {
        List<NameServerSettings> nameServers = new ArrayList<>();
        for (String name : servers) {
            nameServers.add(new NameServerSettings(name, InetSocketAddress.createUnresolved(name, 53), false));
        }
        return new ResolverSettings("r", nameServers, hold, 3, 1000, 100, 512, families);
    }

    private NameServerLink link(NameServerSettings settings, int payloadBytes, NameServerLink.Listener inbox) {
        inboxes.put(settings.name(), inbox);
        return new NameServerLink() {
            @Override
            public boolean send(byte[] question) {
                return !refusesDatagrams && take(settings.name(), false, question);
            }

            @Override
            public boolean sendByStream(byte[] question) {
                return !refusesStreams && take(settings.name(), true, question);
            }

            @Override
            public void close() {}
        };
    }

    private boolean take(String server, boolean isByStream, byte[] question) {
        try {
            return asked.add(new Asked(server, isByStream, new Message(question)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void passMs(long ms) {
        nowNs += ms * MS_NS;
        resolver.tick();
    }

    /** The questions since the last call. */
    List<Asked> questions() {
        List<Asked> taken = List.copyOf(asked);
        asked.clear();
        return taken;
    }

    /** The one question since the last call. */
    Asked question() {
        List<Asked> taken = questions();
        if (taken.size() != 1) {
            throw new AssertionError("one question expected, not " + taken);
        }
        return taken.getFirst();
    }

    long count(String server, ResolverCounter counter) {
        for (NameServer each : resolver.nameServers()) {
            if (each.name().equals(server)) {
                return each.counters().get(counter);
            }
        }
        throw new AssertionError(server);
    }

    void answer(Asked question, Message answer) {
        byte[] bytes = answer.toWire();
        inboxes.get(question.server).received(bytes, bytes.length, question.isByStream);
    }

    void answer(Asked question, int rcode) {
        Message answer = answerTo(question);
        answer.getHeader().setRcode(rcode);
        answer(question, answer);
    }

    void answer(Asked question, Record... records) {
        Message answer = answerTo(question);
        for (Record record : records) {
            answer.addRecord(record, Section.ANSWER);
        }
        answer(question, answer);
    }

    static Message answerTo(Asked question) {
        Message answer = new Message(question.message.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setRcode(Rcode.NOERROR);
        answer.addRecord(question.message.getQuestion(), Section.QUESTION);
        return answer;
    }

    /** A record in the form of a zone file: {@code a.test. A 127.0.0.1}. */
    static Record record(String line) {
        String[] words = line.split(" ", 3);
        try {
            return Record.fromString(
                    Name.fromString(words[0]), Type.value(words[1]), DClass.IN, 60, words[2], Name.root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes what it is told, and takes the first address. */
    static final class Taker implements Requester {
        final List<String> told = new ArrayList<>();
        boolean keeps = true;
        final AddressUser user;
        final AddressPreference preference;
        InetAddress current;

        Taker(AddressPreference preference, Object group) {
            this.preference = preference;
            this.user = new AddressUser(group);
        }

        @Override
        public void resolved(Resolution resolution, NameServer from) {
            current = resolution.choose(preference, current, user);
            told.add((current == null ? "none" : current.getHostAddress()) + " by "
                    + (from == null ? "cache" : from.path()));
        }

        @Override
        public boolean failed(Resolution resolution) {
            told.add("failed " + resolution.status() + (resolution.isPastHold() ? " past hold" : ""));
            return keeps;
        }

        @Override
        public void vanished(ResolvedRecord record) {
            told.add("vanished "
                    + (record.address() == null
                            ? record.host()
                            : record.address().getHostAddress()));
        }

        @Override
        public void retired() {
            told.add("retired");
        }
    }
}
