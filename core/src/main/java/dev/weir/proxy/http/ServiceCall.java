package dev.weir.proxy.http;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.RequestTarget;
import dev.weir.protocol.http.Slice;
import dev.weir.protocol.http.StatusReason;
import dev.weir.rule.service.Service;
import dev.weir.rule.service.ServiceAnswer;
import dev.weir.rule.service.ServiceRequest;
import dev.weir.stream.Phase;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Has a service of the process answer a request: it works on a thread of its own, while the exchange waits without holding up its
 * loop. Not for hot paths: it allocates as it likes.
 */
final class ServiceCall {
    private static final FieldName ORIGIN = FieldName.of("origin");
    private static final FieldName ACCEPT = FieldName.of("accept");
    private static final String OPEN_METRICS = "application/openmetrics-text";

    private final Exchange exchange;

    ServiceCall(Exchange exchange) {
        this.exchange = exchange;
    }

    /** What a service has made so far. The exchange waits until it is over; then {@code answer} is null if the service failed. */
    private static final class Work {
        private volatile boolean isOver;
        private ServiceAnswer answer;
    }

    /** Answers the request, or ends the exchange with it unanswered if the session is killed meanwhile. */
    void run(Service service) {
        var times = exchange.stream.times();
        times.queueNs = times.connectNs = times.sinceAccept(exchange.loop.nanoTime());
        Work work = new Work();
        ServiceRequest request = request();
        Thread waiting = Thread.currentThread();
        Thread.ofPlatform().daemon().name("weir-service").start(() -> work(service, request, work, waiting));
        while (!work.isOver && exchange.session.killCause() == null) {
            exchange.loop.park();
        }
        exchange.refresh();
        if (!work.isOver) {
            exchange.keepsClient = false;
            exchange.stream.ended(exchange.session.killCause(), Phase.REQUEST);
        } else if (work.answer == null) {
            exchange.answer.page(500);
        } else {
            send(work.answer);
        }
    }

    private void work(Service service, ServiceRequest request, Work work, Thread waiting) {
        try {
            work.answer = service.answer(request);
        } finally {
            work.isOver = true;
            exchange.loop.unpark(waiting);
        }
    }

    // ---- the request ----

    private ServiceRequest request() {
        MessageHead head = exchange.facts.request();
        DirectBuffer body = exchange.facts.requestBody();
        return new ServiceRequest(
                head.text(head.method()),
                text(head, RequestTarget.path(head)),
                text(head, RequestTarget.query(head)),
                field(head, FieldName.HOST),
                field(head, ORIGIN),
                field(head, ACCEPT).contains(OPEN_METRICS),
                body.getStringWithoutLengthUtf8(0, body.capacity()));
    }

    private static String text(MessageHead head, long slice) {
        return slice == Slice.NONE ? "" : head.text(slice);
    }

    private static String field(MessageHead head, FieldName name) {
        int field = head.find(name, 0);
        return field < 0 ? "" : head.text(head.value(field));
    }

    // ---- the answer ----

    private void send(ServiceAnswer answer) {
        MessageHead head = exchange.facts.response();
        head.clear();
        head.version(MessageHead.HTTP_1_1);
        head.status(answer.status());
        byte[] reason = StatusReason.of(answer.status());
        head.reason(head.write(reason, 0, reason.length));
        add(head, "content-length", Integer.toString(answer.body().length));
        for (Map.Entry<String, String> field : answer.fields().entrySet()) {
            add(head, field.getKey(), field.getValue());
        }
        exchange.facts.noteServerStatus(); // a service is a server
        var times = exchange.stream.times();
        times.responseNs = times.sinceAccept(exchange.loop.nanoTime());
        exchange.answer.own(answer.status(), head, new UnsafeBuffer(answer.body()));
    }

    private static void add(MessageHead head, String name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        head.add(FieldName.of(name), new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
