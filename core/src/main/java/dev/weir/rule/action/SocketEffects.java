package dev.weir.rule.action;

import dev.weir.rule.ActionTools;
import dev.weir.rule.Effect;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;
import dev.weir.stream.Stream;
import java.util.function.ObjIntConsumer;

/** Marks of the connections that routers and schedulers see. Stateless. */
public final class SocketEffects {
    private static final int TOS_MAX = 0xFF;
    private static final int TTL_MAX = 255;

    private SocketEffects() {}

    /** {@code set-fc-mark}: needs CAP_NET_ADMIN, and does nothing without. */
    public static Effect setMark(String name, Words words, ActionTools tools) throws ParseProblem {
        return number(words, tools, (stream, mark) -> stream.clientSide().mark(mark));
    }

    /** {@code set-fc-tos}. */
    public static Effect setTos(String name, Words words, ActionTools tools) throws ParseProblem {
        return number(words, tools, (stream, tos) -> stream.clientSide().tos(tos & TOS_MAX));
    }

    /** {@code set-bc-mark}: the connection to the server is opened with it, or one that has it is taken. */
    public static Effect setServerMark(String name, Words words, ActionTools tools) throws ParseProblem {
        return number(words, tools, (stream, mark) -> stream.wishes().mark = mark);
    }

    /** {@code set-bc-tos}. */
    public static Effect setServerTos(String name, Words words, ActionTools tools) throws ParseProblem {
        return number(words, tools, (stream, tos) -> stream.wishes().tos = tos & TOS_MAX);
    }

    /**
     * {@code rst-ttl <ttl>} behind {@code silent-drop}.
     *
     * @return 0 if it is not there
     */
    public static int resetTtl(Words words) throws ParseProblem {
        if (!words.skip("rst-ttl")) {
            return 0;
        }
        if (!ActionWords.hasArgument(words)) {
            throw new ParseProblem("missing rst-ttl value");
        }
        String text = words.next();
        if (!text.matches("[0-9]+")) {
            String rest = text.replaceFirst("^[0-9]+", "");
            throw new ParseProblem("invalid character starting at '%s' (value 1-255 expected)", rest);
        }
        int ttl = text.length() > 3 ? TTL_MAX + 1 : Integer.parseInt(text);
        if (ttl < 1 || ttl > TTL_MAX) {
            throw new ParseProblem("valid rst-ttl values are [1-255]");
        }
        return ttl;
    }

    /** A number, decimal or with {@code 0x}, or an expression. */
    private static Effect number(Words words, ActionTools tools, ObjIntConsumer<Stream> consumer) throws ParseProblem {
        if (!ActionWords.hasArgument(words)) {
            throw new ParseProblem("expects an argument");
        }
        if (!Character.isDigit(words.peek().charAt(0))) {
            return ActionWords.number(words, tools, (stream, value) -> consumer.accept(stream, (int) value));
        }
        String text = words.next();
        try {
            int value = (int) (long) Long.decode(text.matches("0[0-9]+") ? text.substring(1) : text);
            return (stream, scratch) -> consumer.accept(stream, value);
        } catch (NumberFormatException e) {
            throw new ParseProblem("invalid character in number '%s'", text);
        }
    }
}
