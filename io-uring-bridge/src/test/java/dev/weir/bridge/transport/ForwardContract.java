package dev.weir.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bridge.transport.Forward.End;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Moving a number of bytes one way, as a message's body. */
abstract class ForwardContract extends ForwardFixture {
    @Test
    void shouldForwardWhatIsHeldAndLeaveTheRest() throws Exception {
        Ends ends = between((client, server) -> {
            while (client.available() < 9) {
                client.receive(FOREVER);
            }
            Forward forward = forward(client, server, 4);
            assertThat(forward.end).isEqualTo(End.DONE);
            assertThat(forward.bytesMoved()).isEqualTo(4);
            assertThat(forward.bytesLeft()).isZero();
            assertThat(take(client, 5)).isEqualTo("fgh!!");
        });

        ends.client().send("bodyfgh!!");

        assertThat(ends.awaitServer().readTextToEnd()).isEqualTo("body");
        ends.awaitEnd();
    }

    @Test
    void shouldForwardWhatIsHeldAndWaitForMore() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        Ends ends = between((client, server) -> {
            take(client, 5);
            held.countDown();
            assertThat(forward(client, server, 8).end).isEqualTo(End.DONE);
            assertThat(take(client, 4)).isEqualTo("next");
        });

        ends.client().send("head:bo");
        held.await();
        ends.client().send("dy").send("body").send("next");

        assertThat(ends.awaitServer().readTextToEnd()).isEqualTo("bodybody");
        ends.awaitEnd();
    }

    @Test
    void shouldForwardNothing() throws Exception {
        Ends ends = between(
                (client, server) -> assertThat(forward(client, server, 0).end).isEqualTo(End.DONE));

        assertThat(ends.awaitServer().readTextToEnd()).isEmpty();
        ends.awaitEnd();
    }

    @Test
    void shouldForwardBehindWhatWasWritten() throws Exception {
        byte[] body = randomBytes(seeded("head and body"), 3 * MIB);
        Ends ends = between((client, server) -> {
            UnsafeBuffer head = new UnsafeBuffer("new head;".getBytes());
            server.write(head, 0, head.capacity(), FOREVER);
            assertThat(forward(client, server, body.length).end).isEqualTo(End.DONE);
            server.write(head, 0, head.capacity(), FOREVER);
        });
        CompletableFuture<Peer> sent = beside(() -> ends.client().send(body));

        Peer server = ends.awaitServer();
        assertThat(server.readText(9)).isEqualTo("new head;");
        assertThat(server.readBytes(body.length)).isEqualTo(body);
        assertThat(server.readTextToEnd()).isEqualTo("new head;");
        get(sent);
        ends.awaitEnd();
    }

    @Test
    void shouldForwardToTheEnd() throws Exception {
        byte[] body = randomBytes(seeded("to the end"), 2 * MIB);
        Ends ends = between((client, server) -> {
            Forward forward = forward(server, client, Forward.TO_END);
            assertThat(forward.end).isEqualTo(End.SOURCE_ENDED);
            assertThat(forward.bytesMoved()).isEqualTo(body.length);
            assertThat(forward.bytesLeft()).isEqualTo(Forward.TO_END);
        });

        CompletableFuture<Peer> sent =
                beside(() -> ends.awaitServer().send(body).halfClose());

        assertThat(ends.client().readToEnd()).isEqualTo(body);
        get(sent);
        ends.awaitEnd();
    }

    @Test
    void shouldSayThatTheSourceEndedTooEarly() throws Exception {
        Ends ends = between((client, server) -> {
            Forward forward = forward(client, server, 10);
            assertThat(forward.end).isEqualTo(End.SOURCE_ENDED);
            assertThat(forward.bytesLeft()).isEqualTo(3);
        });

        ends.client().send("7 bytes").halfClose();

        assertThat(ends.awaitServer().readTextToEnd()).isEqualTo("7 bytes");
        ends.awaitEnd();
    }

    /** Bodies of all sizes, one behind the other, each with its own way through blocks and pipes. */
    @Test
    void shouldForwardBodyAfterBody() throws Exception {
        java.util.Random random = seeded("bodies");
        int[] sizes = random.ints(200, 0, 100_000).toArray();
        for (int i = 0; i < sizes.length; i += 20) {
            sizes[i] = random.nextInt(3 * MIB);
        }
        byte[] all = randomBytes(random, Arrays.stream(sizes).sum());
        Splice[] policies = Splice.values();
        Ends ends = between((client, server) -> {
            Forward forward = new Forward();
            UnsafeBuffer mark = new UnsafeBuffer(new byte[] {'|'});
            for (int i = 0; i < sizes.length; i++) {
                forward.splice = policies[i % policies.length];
                client.loop().forward(client, server, forward.want(sizes[i]));
                assertThat(forward.end).isEqualTo(End.DONE);
                assertThat(forward.bytesMoved()).isEqualTo(sizes[i]);
                server.write(mark, 0, 1, FOREVER);
            }
        });
        CompletableFuture<Peer> sent = beside(() -> ends.client().send(all));

        Peer server = ends.awaitServer();
        int offset = 0;
        for (int size : sizes) {
            assertThat(server.readBytes(size)).isEqualTo(Arrays.copyOfRange(all, offset, offset + size));
            assertThat(server.readText(1)).isEqualTo("|");
            offset += size;
        }
        get(sent);
        ends.awaitEnd();
    }

    /** Bodies of about what a loop moves before it looks at others: whoever has all of one waits for nothing more. */
    @Test
    void shouldWaitForNothingBehindALongBody() throws Exception {
        byte[] body = randomBytes(seeded("long bodies"), 2 * MIB);
        int rounds = 30;
        Ends ends = between((client, server) -> {
            for (int i = 0; i < rounds; i++) {
                Forward forward = new Forward();
                forward.splice = Splice.ALWAYS;
                client.loop().forward(client, server, forward.want(MIB + i * 10_000L));
                assertThat(forward.end).isEqualTo(End.DONE);
            }
        });
        Peer server = ends.awaitServer();

        for (int i = 0; i < rounds; i++) {
            int length = MIB + i * 10_000;
            CompletableFuture<Peer> sent = beside(() -> ends.client().send(body, 0, length));
            assertThat(server.readBytes(length)).isEqualTo(Arrays.copyOf(body, length));
            sent.join();
        }
        ends.awaitEnd();
    }

    @Test
    void shouldForwardManyAtOnceWithFewBuffers() throws Exception {
        TransportOptions options = new TransportOptions();
        options.buffersMax = 8;
        start(options);
        byte[] body = randomBytes(seeded("few buffers"), MIB + 17);
        List<Ends> all = new ArrayList<>();
        List<CompletableFuture<?>> running = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Splice splice = i % 2 == 0 ? Splice.NEVER : Splice.ADAPTIVE;
            Ends ends = between((client, server) -> {
                Forward forward = new Forward().want(body.length);
                forward.splice = splice;
                client.loop().forward(client, server, forward);
                assertThat(forward.end).isEqualTo(End.DONE);
            });
            all.add(ends);
            running.add(beside(() -> ends.client().send(body)));
        }

        for (Ends ends : all) {
            Peer server = ends.awaitServer();
            running.add(beside(() -> assertThat(server.readToEnd()).isEqualTo(body)));
        }

        for (CompletableFuture<?> one : running) {
            get(one);
        }
        for (Ends ends : all) {
            ends.awaitEnd();
        }
    }

    @Test
    void shouldHoldFewBlocksForATargetThatDoesNotRead() throws Exception {
        Ends ends = between(ForwardFixture::narrow, (client, server) -> {
            Forward forward = new Forward().want(20L * MIB);
            client.loop().forward(client, server, forward);
            assertThat(forward.end).isEqualTo(End.DONE);
        });
        CompletableFuture<Peer> sent = beside(() -> ends.client().send(new byte[20 * MIB]));
        Peer server = ends.awaitServer();

        for (int i = 0; i < 20; i++) {
            server.readBytes(MIB);
            assertThat(figures(loop()).buffersLent()).isLessThanOrEqualTo(24);
        }

        get(sent);
        ends.awaitEnd();
    }

    @Test
    void shouldPassOnPieceByPieceAsTheyCome() throws Exception {
        Ends ends = between((client, server) ->
                assertThat(forward(client, server, 1000).end).isEqualTo(End.DONE));
        Peer server = ends.awaitServer();

        for (int i = 0; i < 1000; i++) {
            ends.client().send(new byte[] {(byte) i});
            assertThat(server.readBytes(1)[0]).isEqualTo((byte) i);
        }

        ends.awaitEnd();
    }
}
