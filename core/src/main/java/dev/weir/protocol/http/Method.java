package dev.weir.protocol.http;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Methods by number, as expressions and rules know them: HAProxy's well-known ones, and {@link #OTHER}. No state. */
public final class Method {
    public static final int OPTIONS = 0;
    public static final int GET = 1;
    public static final int HEAD = 2;
    public static final int POST = 3;
    public static final int PUT = 4;
    public static final int DELETE = 5;
    public static final int TRACE = 6;
    public static final int CONNECT = 7;
    /** Any other; its name is in the head. */
    public static final int OTHER = 8;

    private static final byte[][] NAMES = {
        bytes("OPTIONS"), bytes("GET"), bytes("HEAD"), bytes("POST"),
        bytes("PUT"), bytes("DELETE"), bytes("TRACE"), bytes("CONNECT")
    };

    private Method() {}

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    /** The number of the method with that name; names are case sensitive. */
    public static int numberOf(DirectBuffer text, int offset, int length) {
        return switch (length) {
            case 3 -> either(GET, PUT, text, offset);
            case 4 -> either(POST, HEAD, text, offset);
            case 5 -> either(TRACE, TRACE, text, offset);
            case 6 -> either(DELETE, DELETE, text, offset);
            case 7 -> either(OPTIONS, CONNECT, text, offset);
            default -> OTHER;
        };
    }

    private static int either(int one, int other, DirectBuffer text, int offset) {
        if (isAt(NAMES[one], text, offset)) {
            return one;
        }
        return isAt(NAMES[other], text, offset) ? other : OTHER;
    }

    /** The number of a request's method as it stands now. */
    public static int numberOf(MessageHead head) {
        long method = head.method();
        return method == Slice.NONE ? OTHER : numberOf(head.bytes(method), Slice.offset(method), Slice.length(method));
    }

    private static boolean isAt(byte[] name, DirectBuffer text, int offset) {
        for (int i = 0; i < name.length; i++) {
            if (name[i] != text.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }

    /** Not to be written to; not for {@link #OTHER}. */
    public static byte[] name(int number) {
        return NAMES[number];
    }
}
