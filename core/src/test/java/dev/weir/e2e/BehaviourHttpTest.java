package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;

/** A request and its response in {@code mode http}: what either side gets to see. */
@DisplayName("HTTP: requests and responses")
final class BehaviourHttpTest {
    static final String PREAMBLE = """
            global
                nbthread 1
                log 127.0.0.1:@log@ local0
            defaults base
                mode http
                log global
                log-format "%ft %b/%s %ts %ac/%fc/%bc/%sc/%rc %sq/%bq"
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            """;
    static final String ONE_SERVER = """
            frontend fe
                bind 127.0.0.1:@fe@
                default_backend be
            backend be
                server s1 127.0.0.1:@s1@
            """;

    @OnEveryEngine
    void shouldPassARequestAndItsResponse(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + ONE_SERVER);

            var client = scene.client("fe").send("GET /a?b HTTP/1.1\r\nHost:  x \r\nX-Name: Value\r\n\r\n");
            var server = origin.accept().expect("GET /a?b HTTP/1.1\r\nhost: x\r\nx-name: Value\r\n\r\n");
            server.send("HTTP/1.1 200 Fine\r\nContent-Length: 5\r\nServer: S\r\n\r\nhello");

            client.expect("HTTP/1.1 200 Fine\r\ncontent-length: 5\r\nserver: S\r\n\r\nhello");
            assertEquals("fe be/s1 -- 1/1/0/0/0 0/0", scene.log());
        }
    }
}
