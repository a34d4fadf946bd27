package dev.weir.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Random scripts of both peers: what arrives is what was sent, in order, and all of it unless somebody reset. */
abstract class RelayFuzzContract extends RelayLoadContract {
    private static final int SESSIONS = 60;

    /** What a peer does with its stream; each has its own seed. */
    private static final class Actor {
        private final Peer peer;
        private final Random random;
        private final byte tag;
        private final boolean mayReset;
        private long sent;
        private long received;
        private volatile boolean didReset;

        Actor(Peer peer, long seed, int tag, boolean mayReset) {
            this.peer = peer;
            this.random = new Random(seed);
            this.tag = (byte) tag;
            this.mayReset = mayReset;
        }

        /** Sends chunks of any size, then ends one way or the other. */
        Void write() throws IOException {
            int steps = random.nextInt(12);
            for (int i = 0; i < steps; i++) {
                byte[] chunk = chunk(sent, tag, random.nextInt(random.nextInt(4) == 0 ? 300_000 : 2000));
                peer.send(chunk);
                sent += chunk.length;
            }
            if (mayReset && random.nextInt(3) == 0) {
                didReset = true;
                peer.reset();
            } else {
                peer.halfClose();
            }
            return null;
        }

        /** Reads in portions of any size, with pauses between them, and checks every byte. */
        Void read(byte otherTag) throws IOException {
            Random pace = new Random(sent ^ otherTag);
            byte[] portion = new byte[1 + pace.nextInt(50_000)];
            int got;
            while ((got = peer.read(portion, 0, portion.length)) != Peer.END) {
                for (int i = 0; i < got; i++) {
                    if (portion[i] != content(received + i, otherTag)) {
                        throw new AssertionError("wrong byte at " + (received + i));
                    }
                }
                received += got;
                Thread.yield();
            }
            return null;
        }

        private static byte[] chunk(long position, byte tag, int length) {
            byte[] chunk = new byte[length];
            for (int i = 0; i < length; i++) {
                chunk[i] = content(position + i, tag);
            }
            return chunk;
        }

        private static byte content(long position, byte tag) {
            return (byte) (position * 31 + (position >> 8) + tag);
        }
    }

    @Test
    void shouldDeliverEverythingInAnyScriptWithoutResets() throws Exception {
        playScripts(seeded("scripts"), false);
    }

    @Test
    void shouldEndEveryScriptWithResetsOnce() throws Exception {
        playScripts(seeded("scripts with resets"), true);
    }

    private void playScripts(Random random, boolean mayReset) throws Exception {
        Relaying relaying = new Relaying(new Script());
        List<CompletableFuture<Void>> sessions = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            Pair pair = relaying.open();
            Actor client = new Actor(pair.client, random.nextLong(), 1, mayReset);
            Actor server = new Actor(pair.server(), random.nextLong(), 77, mayReset);
            sessions.add(beside(() -> play(pair, client, server)));
        }
        for (CompletableFuture<Void> session : sessions) {
            get(session);
        }
    }

    private static Void play(Pair pair, Actor client, Actor server) throws Exception {
        List<CompletableFuture<Void>> acts = List.of(
                beside(client::write),
                beside(server::write),
                beside(() -> client.read(server.tag)),
                beside(() -> server.read(client.tag)));
        boolean failed = false;
        for (CompletableFuture<Void> act : acts) {
            failed |= hasFailed(act);
        }
        Relay relay = pair.relay();
        if (!client.didReset && !server.didReset) {
            assertThat(failed).isFalse();
            assertThat(relay.end).isEqualTo(Relay.End.FINISHED);
            assertThat(server.received).isEqualTo(client.sent).isEqualTo(relay.bytesToServer());
            assertThat(client.received).isEqualTo(server.sent).isEqualTo(relay.bytesToClient());
        } else {
            assertThat(relay.end).isIn(Relay.End.FINISHED, Relay.End.CLIENT_FAILED, Relay.End.SERVER_FAILED);
        }
        return null;
    }

    /** Only the network may fail; a wrong byte is an error of ours. */
    private static boolean hasFailed(CompletableFuture<Void> act) throws Exception {
        try {
            get(act);
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(IOException.class);
            return true;
        }
    }
}
