package dev.weir.protocol.http;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** Heads made of text, with no parser in between. */
public final class TestHeads {
    private TestHeads() {}

    /** A GET request for a target, with fields as name, value, name, value. */
    public static MessageHead request(String target, String... fields) {
        MessageHead head = new MessageHead(101, 16384);
        head.method(slice(head, "GET"));
        head.target(slice(head, target));
        head.version(MessageHead.HTTP_1_1);
        addAll(head, fields);
        return head;
    }

    public static MessageHead response(int status, String... fields) {
        MessageHead head = new MessageHead(101, 16384);
        head.status(status);
        head.version(MessageHead.HTTP_1_1);
        addAll(head, fields);
        return head;
    }

    private static void addAll(MessageHead head, String... fields) {
        for (int i = 0; i < fields.length; i += 2) {
            head.add(slice(head, fields[i]), slice(head, fields[i + 1]));
        }
    }

    public static long slice(MessageHead head, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return head.write(bytes, 0, bytes.length);
    }

    public static UnsafeBuffer buffer(String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
