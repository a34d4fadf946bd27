package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Patience;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;

/** What an agent beside a server says of it: {@code agent-check}. */
@DisplayName("agents")
final class BehaviourAgentTest {
    private static final String CONFIGURATION = """
            global
                nbthread 1
                log 127.0.0.1:@log@ local0
                stats socket @folder@/api mode 600 level admin
            defaults base
                mode tcp
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            frontend fe
                bind 127.0.0.1:@fe@
                default_backend be
            backend be
                server s1 127.0.0.1:@s1@ weight 80 maxconn 40 check inter 500ms agent-check agent-port AGENT agent-inter 50ms agent-send hi\\n
                server s2 127.0.0.1:@s1@
            """;

    // The agent is asked at once, since no interval here is as long as the second from which HAProxy spreads first
    // checks.

    /** Says what it was told to say to everybody who asks. */
    private static final class Agent implements Closeable {
        private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        private volatile String answer;
        private volatile String asked = "";

        Agent(String answer) throws IOException {
            this.answer = answer;
            Thread.ofVirtual().start(this::serve);
        }

        private void serve() {
            while (!listener.isClosed()) {
                try (Socket client = listener.accept()) {
                    byte[] bytes = new byte[100];
                    int length = client.getInputStream().read(bytes);
                    asked = length < 0 ? asked : new String(bytes, 0, length, StandardCharsets.US_ASCII);
                    client.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // the check has enough, or the scene ends
                }
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    /** Its status, its weight in percent of the initial one, and its maxconn, once it is so. */
    private static void expect(BehaviourScene scene, String state) {
        Patience.await().pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
            var row = new BehaviourApi(scene).row("be", "s1");
            assertThat(row.get("status") + " " + row.get("weight") + " " + row.get("slim"))
                    .isEqualTo(state);
        });
    }

    @OnEveryEngine
    void shouldDoWhatTheAgentSays(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine);
                var agent = new Agent("ready up 100%")) {
            scene.origin("s1");
            scene.startWhole(CONFIGURATION.replace("AGENT", Integer.toString(agent.listener.getLocalPort())));

            expect(scene, "UP 80 40");
            agent.answer = "50%";
            expect(scene, "UP 40 40");
            assertThat(agent.asked).isEqualTo("hi\n");
            agent.answer = "maxconn:7";
            expect(scene, "UP 40 7");
            agent.answer = "drain";
            expect(scene, "DRAIN (agent) 40 7");
            agent.answer = "ready";
            expect(scene, "UP 40 7");
            agent.answer = "maint";
            expect(scene, "MAINT 40 7");
            agent.answer = "ready 75%";
            expect(scene, "UP 60 7");
            agent.answer = "stopped #for lunch";
            expect(scene, "DOWN (agent) 60 7");
            agent.answer = "up, 100% maxconn:40";
            expect(scene, "UP 80 40");
            agent.answer = "down";
            expect(scene, "DOWN (agent) 80 40");
            agent.answer = "up";
            expect(scene, "UP 80 40");
            agent.answer = "fail #broken disk";
            expect(scene, "DOWN (agent) 80 40");
            agent.answer = "up ready 0%";
            expect(scene, "UP 0 40");
        }
    }

    @OnEveryEngine
    void shouldTellTheFirstWordThatNobodyKnows(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine);
                var agent = new Agent("down why not")) {
            scene.origin("s1");
            scene.startWhole(CONFIGURATION.replace("AGENT", Integer.toString(agent.listener.getLocalPort())));

            expect(scene, "DOWN (agent) 80 40");

            assertThat(new BehaviourApi(scene).row("be", "s1").get("last_agt")).isEqualTo("via agent : down (why)");
        }
    }
}
