package dev.weir.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Relays under load: bulk, slow readers, few buffers. */
abstract class RelayLoadContract extends RelayTimeContract {
    private static final int MIB = 1 << 20;

    /** How many blocks one blocked direction may hold at most: far less than what passes. */
    protected int blocksOfABlockedRelay() {
        return 64;
    }

    @Test
    void shouldMoveMegabytesBothWaysAtOnce() throws Exception {
        assertMovesBothWays(open(new Script()), MIB);
    }

    @Test
    void shouldMoveFiftyMegabytesBothWaysAtOnce() throws Exception {
        Pair pair = open(new Script());

        assertMovesBothWays(pair, 50 * MIB);

        assertThat(pair.relay().bytesToServer()).isEqualTo(50L * MIB);
        assertThat(pair.relay().bytesToClient()).isEqualTo(50L * MIB);
    }

    @Test
    void shouldMoveManyAtOnce() throws Exception {
        Relaying relaying = new Relaying(new Script());
        List<CompletableFuture<Void>> running = new ArrayList<>();

        for (int i = 0; i < 16; i++) {
            Pair pair = relaying.open();
            running.add(beside(() -> {
                assertMovesBothWays(pair, 4 * MIB);
                return null;
            }));
        }

        for (CompletableFuture<Void> one : running) {
            get(one);
        }
    }

    @Test
    void shouldMoveBulkWithoutSplicing() throws Exception {
        assertMovesBothWays(open(splicing(Splice.NEVER)), 16 * MIB);
    }

    @Test
    void shouldMoveBulkAndSmallThingsThroughPipesOnly() throws Exception {
        assertMovesBothWays(open(splicing(Splice.ALWAYS)), 16 * MIB);

        Pair small = open(splicing(Splice.ALWAYS));
        small.client.send("ping");
        assertThat(small.server().readText(4)).isEqualTo("ping");
        small.server().send("pong").halfClose();
        assertThat(small.client.halfClose().readTextToEnd()).isEqualTo("pong");
        assertThat(small.end()).isEqualTo(Relay.End.FINISHED);
        assertThat(small.relay().bytesToServer()).isEqualTo(4);
    }

    @Test
    void shouldMoveBulkWhenNoPipeIsLeft() throws Exception {
        TransportOptions options = new TransportOptions();
        options.pipesMax = 1;
        start(options);
        Relaying relaying = new Relaying(splicing(Splice.ALWAYS));
        List<CompletableFuture<Void>> running = new ArrayList<>();

        for (int i = 0; i < 4; i++) {
            Pair pair = relaying.open();
            running.add(beside(() -> {
                assertMovesBothWays(pair, 4 * MIB);
                return null;
            }));
        }

        for (CompletableFuture<Void> one : running) {
            get(one);
        }
    }

    @Test
    void shouldMoveBulkWhereSplicingIsOff() throws Exception {
        TransportOptions options = new TransportOptions();
        options.splice = false;
        start(options);

        assertMovesBothWays(open(splicing(Splice.ALWAYS)), 4 * MIB);
    }

    @Test
    void shouldGiveAPipeBackThatIsFullWhenTheSessionIsKilled() throws Exception {
        Pair pair = open(splicing(Splice.ALWAYS));
        sendUntilBlocked(pair, pair.server());

        pair.inner(true).kill();

        assertThat(pair.end()).isEqualTo(Relay.End.KILLED);
        assertThat(figures(loop()).pipesLent()).isZero();
    }

    private static Script splicing(Splice policy) {
        return new Script().limits(relay -> {
            relay.spliceToServer = policy;
            relay.spliceToClient = policy;
        });
    }

    private static void assertMovesBothWays(Pair pair, int bytes) throws Exception {
        Peer server = pair.server();
        CompletableFuture<Long> upSent = beside(() -> sendAndHalfClose(pair.client, bytes, 1));
        CompletableFuture<Long> downSent = beside(() -> sendAndHalfClose(server, bytes, 2));
        CompletableFuture<Long> upReceived = beside(() -> checksumToEnd(server, bytes));
        CompletableFuture<Long> downReceived = beside(() -> checksumToEnd(pair.client, bytes));

        assertThat(get(upReceived)).isEqualTo(get(upSent));
        assertThat(get(downReceived)).isEqualTo(get(downSent));
        assertThat(pair.end()).isEqualTo(Relay.End.FINISHED);
    }

    private static long sendAndHalfClose(Peer peer, int bytes, long seed) throws Exception {
        byte[] chunk = randomBytes(new java.util.Random(seed), 100_003);
        CRC32C sum = new CRC32C();
        for (int sent = 0; sent < bytes; ) {
            int count = Math.min(chunk.length, bytes - sent);
            chunk[0]++;
            peer.send(chunk, 0, count);
            sum.update(chunk, 0, count);
            sent += count;
        }
        peer.halfClose();
        return sum.getValue();
    }

    private static long checksumToEnd(Peer peer, int bytes) throws Exception {
        byte[] chunk = new byte[65536];
        CRC32C sum = new CRC32C();
        int total = 0;
        int got;
        while ((got = peer.read(chunk, 0, chunk.length)) != Peer.END) {
            sum.update(chunk, 0, got);
            total += got;
        }
        assertThat(total).isEqualTo(bytes);
        return sum.getValue();
    }

    // ---- many at once ----

    /** Both sides of a thousand sessions have something to say when the loop looks again. */
    @Test
    void shouldServeAThousandSidesThatSpeakInOneTurn() throws Exception {
        List<Pair> pairs = manyPairs(500);
        CountDownLatch spoken = new CountDownLatch(1);
        loop().execute(() -> awaitUninterruptibly(spoken));

        for (Pair pair : pairs) {
            pair.client.send("question");
            pair.server().send("an answer beforehand");
        }
        spoken.countDown();

        for (Pair pair : pairs) {
            assertThat(pair.server().readText(8)).isEqualTo("question");
            assertThat(pair.client.readText(20)).isEqualTo("an answer beforehand");
        }
    }

    @Test
    void shouldResetAThousandSidesWhenTheTransportCloses() throws Exception {
        List<Pair> pairs = manyPairs(500);

        transport.close();
        transport = null;

        for (Pair pair : pairs) {
            assertThat(pair.end()).isEqualTo(Relay.End.KILLED);
            assertThat(pair.client.isReset()).isTrue();
            assertThat(pair.server().isReset()).isTrue();
        }
    }

    private List<Pair> manyPairs(int count) throws Exception {
        Relaying relaying = new Relaying(new Script());
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Pair pair = relaying.open();
            pair.server();
            pair.inner(true);
            pairs.add(pair);
        }
        return pairs;
    }

    /** Stops the loop, so that all comes together afterwards. */
    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldHoldFewBlocksForASlowReader() throws Exception {
        Pair pair = open(new Script());
        Peer server = pair.server();
        CompletableFuture<Long> sent = beside(() -> sendAndHalfClose(server, 64 * MIB, 3));
        CRC32C sum = new CRC32C();

        for (int i = 0; i < 64; i++) {
            sum.update(pair.client.readBytes(MIB));
            assertThat(figures(loop()).buffersLent()).isLessThanOrEqualTo(blocksOfABlockedRelay());
        }

        assertThat(pair.client.readToEnd()).isEmpty();
        assertThat(sum.getValue()).isEqualTo(get(sent));
        pair.client.halfClose();
        assertThat(pair.end()).isEqualTo(Relay.End.FINISHED);
    }

    @Test
    void shouldFinishAllWithFewBuffers() throws Exception {
        TransportOptions options = new TransportOptions();
        options.buffersMax = 8;
        start(options);
        Relaying relaying = new Relaying(splicing(Splice.NEVER).sockets(sockets -> sockets.sendBufferBytes = 16384));
        CountDownLatch exhausted = new CountDownLatch(1);
        List<CompletableFuture<Long>> sending = new ArrayList<>();
        List<CompletableFuture<Long>> reading = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            Pair pair = relaying.open();
            Peer server = pair.server();
            int seed = i;
            sending.add(beside(() -> sendAndHalfClose(server, 8 * MIB, seed)));
            reading.add(beside(() -> {
                exhausted.await();
                long sum = checksumToEnd(pair.client, 8 * MIB);
                pair.client.halfClose();
                return sum;
            }));
        }
        patiently(() -> assertThat(figures(loop()).bufferExhaustions()).isPositive());
        assertThat(figures(loop()).buffersLent()).isLessThanOrEqualTo(8);

        exhausted.countDown();

        for (int i = 0; i < 32; i++) {
            assertThat(get(reading.get(i))).isEqualTo(get(sending.get(i)));
        }
    }

    @Test
    void shouldServeSessionsWithFewBuffers() throws Exception {
        TransportOptions options = new TransportOptions();
        options.buffersMax = 2;
        start(options);
        Listener listener = listen(TransportFixture::echo);
        List<CompletableFuture<Long>> running = new ArrayList<>();

        for (int i = 0; i < 32; i++) {
            Peer peer = connect(listener);
            int seed = i;
            CompletableFuture<Long> sent = beside(() -> sendAndHalfClose(peer, MIB, seed));
            running.add(beside(() -> checksumToEnd(peer, MIB) - get(sent)));
        }

        for (CompletableFuture<Long> one : running) {
            assertThat(get(one)).isZero();
        }
    }
}
