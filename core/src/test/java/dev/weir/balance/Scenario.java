package dev.weir.balance;

import dev.weir.bridge.transport.SocketName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One backend and what is asked of it, written so that both HAProxy and we can run it: its configuration lines, and steps that
 * are a session (with a client address or a key) or a change ({@code !set weight s1 5}, {@code !disable s2}, {@code !enable s2}).
 * The outcome is the sequence of servers.
 */
final class Scenario {
    private static final long NUMBER_FACTOR = -100_003;

    final String name;
    final BalanceSettings settings;
    final FakeTarget[] servers;
    final List<byte[]> keys = new ArrayList<>();
    final List<String> addresses = new ArrayList<>();
    final List<Integer> ports = new ArrayList<>();
    /** For round robin: number of sessions, with changes before some of them. */
    final List<String> changes = new ArrayList<>();

    int sessions;

    Scenario(String name, BalanceSettings settings, FakeTarget... servers) {
        this.name = name;
        this.settings = settings;
        this.servers = servers;
        for (FakeTarget server : servers) {
            server.address.ipv4(0x7F4D0101 + server.position, 1 + server.position % 3);
        }
    }

    /** Random keys of 1 to 40 bytes. */
    Scenario withKeys(int count, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            byte[] key = new byte[1 + random.nextInt(40)];
            random.nextBytes(key);
            keys.add(key);
        }
        sessions = count;
        return this;
    }

    /** Decimal numbers made of the client's port: {@link #NUMBER_FACTOR} times it. */
    Scenario withNumbers(int count, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            int port = 1 + random.nextInt(65535);
            ports.add(port);
            keys.add(Long.toString(NUMBER_FACTOR * port).getBytes(StandardCharsets.US_ASCII));
        }
        sessions = count;
        return this;
    }

    /** Random client addresses, one in four of IPv6. */
    Scenario withAddresses(int count, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[random.nextInt(4) == 0 ? 16 : 4];
            random.nextBytes(bytes);
            bytes[0] = (byte) (bytes.length == 4 ? 11 : 0x20);
            try {
                addresses.add(InetAddress.getByAddress(bytes).getHostAddress());
            } catch (UnknownHostException e) {
                throw new AssertionError(e);
            }
        }
        sessions = count;
        return this;
    }

    Scenario withSessions(int count) {
        sessions = count;
        for (int i = 0; i < count; i++) {
            changes.add(null);
        }
        return this;
    }

    /** A change before the session of that number, in words of HAProxy's runtime API: {@code weight s1 3}, {@code disable s1}, {@code enable s1}. */
    Scenario change(int beforeSession, String change) {
        changes.set(beforeSession, change);
        return this;
    }

    /** What we choose: one letter a session, {@code a} for the first server, {@code -} for none. */
    String ours() {
        BalanceAlgorithm algorithm = BalanceAlgorithms.create(settings, servers);
        StringBuilder picks = new StringBuilder();
        for (int i = 0; i < sessions; i++) {
            if (!changes.isEmpty() && changes.get(i) != null) {
                apply(changes.get(i), algorithm);
            }
            picks.append(letter((FakeTarget) pick(algorithm, i)));
        }
        return picks.toString();
    }

    private Target pick(BalanceAlgorithm algorithm, int session) {
        if (!keys.isEmpty()) {
            byte[] key = keys.get(session);
            return algorithm.pick(settings.hashType().hash(new UnsafeBuffer(key), 0, key.length), null);
        }
        if (!addresses.isEmpty()) {
            return algorithm.pick(settings.hashType().hashSource(nameOf(addresses.get(session))), null);
        }
        return algorithm.pick(null);
    }

    private static SocketName nameOf(String address) {
        try {
            return new SocketName().inet(InetAddress.getByName(address), 1);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private void apply(String change, BalanceAlgorithm algorithm) {
        String[] words = change.split(" ");
        FakeTarget server = servers[Integer.parseInt(words[1].substring(1)) - 1];
        switch (words[0]) {
            case "weight" -> server.weight = Integer.parseInt(words[2]);
            case "disable" -> server.isAvailable = false;
            case "enable" -> server.isAvailable = true;
            default -> throw new AssertionError(change);
        }
        algorithm.update(server);
    }

    static char letter(FakeTarget server) {
        return server == null ? '-' : (char) ('a' + server.position);
    }

    /** The backend as HAProxy reads it. Nobody listens at the servers' addresses: its log says whom it chose. */
    String haproxyBackend() {
        StringBuilder text = new StringBuilder("backend be_" + name + "\n");
        text.append("  balance ").append(balanceLine()).append('\n');
        if (settings.method().isHash()) {
            text.append("  hash-type ").append(hashTypeLine()).append('\n');
        }
        if (settings.allBackups()) {
            text.append("  option allbackups\n");
        }
        for (FakeTarget server : servers) {
            text.append(serverLine(server)).append('\n');
        }
        return text.toString();
    }

    private String balanceLine() {
        if (settings.method() != BalanceAlgorithms.HASH) {
            return settings.method().keyword();
        }
        return ports.isEmpty() ? "hash var(txn.key)" : "hash src_port,mul(" + NUMBER_FACTOR + ")";
    }

    private String hashTypeLine() {
        HashType type = settings.hashType();
        return (type.consistent() ? "consistent " : "map-based ")
                + type.function().keyword()
                + (type.avalanche() ? " avalanche" : "");
    }

    private static String serverLine(FakeTarget server) {
        SocketName address = server.address;
        String text = address.family() == SocketName.Family.IPV6
                ? "[" + address.toInetAddress().getHostAddress() + "]:" + address.port()
                : address.toString();
        return "  server " + server.name + " " + text + " id " + server.id + " weight " + server.weight
                + (server.isBackup ? " backup" : "")
                + (server.isAvailable ? "" : " disabled")
                + (server.hashKey == HashKey.ID ? "" : " hash-key " + server.hashKey.keyword());
    }

    /** Words that HAProxy learned after 2.6. */
    boolean needsRecentHaproxy() {
        boolean usesHashKey = false;
        for (FakeTarget server : servers) {
            usesHashKey |= server.hashKey != HashKey.ID;
        }
        return usesHashKey || settings.hashType().function() == HashFunction.NONE;
    }

    /** After weights changed at run time, 3.2 keeps a stale sum of weights for a while, and servers get other shares than their weights; 2.6 does not. */
    boolean needsOldHaproxy() {
        return name.startsWith("roundrobin_changes");
    }

    @Override
    public String toString() {
        return name;
    }
}
