package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;

/** A client whose cookie names a server that has neither room nor room in its queue, with {@code option redispatch}. */
@DisplayName("cookie persistence: a full queue")
final class BehaviourCookieQueueTest {
    private static final String REQUEST = "GET / HTTP/1.1\r\nhost: h\r\ncookie: SRV=v1\r\nconnection: close\r\n\r\n";
    private static final String RESPONSE = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    private static final String ONE = " server s1 127.0.0.1:@s1@ maxconn 1 maxqueue 1 cookie v1\n";
    private static final String TWO = ONE + " server s2 127.0.0.1:@s2@ cookie v2\n";

    /** The server has a request at {@link #atServer}, and one in its queue. */
    private static final class Full implements AutoCloseable {
        private final BehaviourScene scene;
        private final BehaviourPeer first;
        private final BehaviourPeer second;
        private final BehaviourPeer atServer;

        private Full(BehaviourEngine engine, String backendLines) throws Exception {
            scene = new BehaviourScene(engine);
            var origin = scene.origin("s1");
            scene.origin("s2");
            scene.startWhole(BehaviourApi.with(BehaviourScene.PREAMBLE)
                    + "frontend fe\n mode http\n bind 127.0.0.1:@fe@\n log-format \"%s %rc %tsc %sq/%bq\"\n default_backend be\n"
                    + "backend be\n mode http\n cookie SRV insert\n option redispatch\n timeout queue 20s\n"
                    + backendLines);
            first = scene.client("fe").send(REQUEST);
            atServer = origin.accept();
            atServer.readHead();
            second = scene.client("fe").send(REQUEST);
            Queued.await(scene, 1);
        }

        private BehaviourPeer third() throws Exception {
            return scene.client("fe").send(REQUEST);
        }

        private void answerFirst() throws Exception {
            answer(atServer, first);
        }

        private void answer(String server, BehaviourPeer client) throws Exception {
            BehaviourPeer peer = scene.origin(server).accept();
            peer.readHead();
            answer(peer, client);
        }

        private static void answer(BehaviourPeer peer, BehaviourPeer client) throws Exception {
            peer.send(RESPONSE);
            client.readHead();
            peer.close();
            client.close();
        }

        /** Name, {@code wretr} and {@code wredis} of the rows of the backend. */
        private String counted() throws Exception {
            return scene.ask("api", "show stat")
                    .lines()
                    .filter(line -> line.startsWith("be,"))
                    .map(line -> line.split(","))
                    .map(columns -> columns[1] + " " + columns[15] + " " + columns[16])
                    .collect(Collectors.joining(", "));
        }

        @Override
        public void close() throws IOException {
            scene.close();
        }
    }

    @OnEveryEngine
    void shouldCountAClientThatGoesToAnotherServerAsRedispatched(BehaviourEngine engine) throws Exception {
        try (var full = new Full(engine, TWO)) {
            full.answer("s2", full.third());

            assertEquals("s2 +0 --DI 0/0", full.scene.log());
            assertEquals("s1 0 1, s2 0 0, BACKEND 0 1", full.counted());
        }
    }

    @OnEveryEngine
    void shouldCountAClientThatWaitsForAnyServerAsRedispatched(BehaviourEngine engine) throws Exception {
        try (var full = new Full(engine, ONE)) {
            var third = full.third();
            Queued.await(full.scene, 2);

            full.answerFirst();
            full.answer("s1", full.second);
            full.answer("s1", third);

            assertEquals("s1 0 --VN 0/0", full.scene.log());
            assertEquals("s1 0 --VN 1/0", full.scene.log());
            assertEquals("s1 +0 --DI 0/1", full.scene.log());
            assertEquals("s1 0 1, BACKEND 0 1", full.counted());
        }
    }

    @OnEveryEngine
    void shouldCountAClientThatIsSentToTheSameServerAsARetry(BehaviourEngine engine) throws Exception {
        try (var full = new Full(engine, " balance source\n" + ONE)) {
            full.third().rest();

            assertEquals("s1 0 SQVN 0/0", full.scene.log());
            assertEquals("s1 1 0, BACKEND 1 0", full.counted());
        }
    }
}
