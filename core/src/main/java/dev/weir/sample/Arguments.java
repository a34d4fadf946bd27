package dev.weir.sample;

import dev.weir.stick.StickTable;
import dev.weir.stream.BackendView;
import dev.weir.stream.FrontendView;
import dev.weir.stream.ServerView;
import dev.weir.stream.Stream;
import dev.weir.stream.Variable;
import dev.weir.stream.VariableName;
import dev.weir.userlist.UserList;
import java.nio.charset.StandardCharsets;

/**
 * The arguments of one use of a fetch or converter, parsed and resolved. Written while the configuration is read, then only
 * read, by all loops.
 */
public final class Arguments {
    static final Arguments NONE = new Arguments(0);

    private final String[] texts;
    private final byte[][] bytes;
    private final long[] numbers;
    private final long[] highNumbers;
    private final Object[] objects;
    private final int count;
    private Object compiled;

    Arguments(int count) {
        this.count = count;
        texts = new String[count];
        bytes = new byte[count][];
        numbers = new long[count];
        highNumbers = new long[count];
        objects = new Object[count];
    }

    void text(int position, String text) {
        texts[position] = text;
        bytes[position] = text.getBytes(StandardCharsets.UTF_8);
    }

    void number(int position, long high, long low) {
        highNumbers[position] = high;
        numbers[position] = low;
    }

    void object(int position, Object object) {
        objects[position] = object;
    }

    public int count() {
        return count;
    }

    /** Whether the optional argument was given; an empty text counts as given. */
    public boolean has(int position) {
        return position < count;
    }

    /** Whether the argument was given and is not empty. */
    public boolean hasText(int position) {
        return position < count && !texts[position].isEmpty();
    }

    public String text(int position) {
        return texts[position];
    }

    /** The text's UTF-8 bytes; not to be written to. */
    public byte[] bytes(int position) {
        return bytes[position];
    }

    public long number(int position) {
        return numbers[position];
    }

    /** The number, or {@code missing} if the argument was not given. */
    public long number(int position, long missing) {
        return position < count ? numbers[position] : missing;
    }

    /** The upper half of an IPv6 address or mask. */
    public long highNumber(int position) {
        return highNumbers[position];
    }

    public VariableName variable(int position) {
        return (VariableName) objects[position];
    }

    public FrontendView frontend(int position) {
        return (FrontendView) objects[position];
    }

    public BackendView backend(int position) {
        return (BackendView) objects[position];
    }

    public ServerView server(int position) {
        return (ServerView) objects[position];
    }

    public StickTable table(int position) {
        return (StickTable) objects[position];
    }

    public UserList userList(int position) {
        return (UserList) objects[position];
    }

    /** Whether a value argument names a variable rather than being a number. */
    public boolean isVariable(int position) {
        return objects[position] instanceof VariableName;
    }

    /** Puts the value of a number-or-variable argument into {@code out} as an integer; false if there is no such value. */
    public boolean value(int position, Stream stream, Sample out) {
        if (!isVariable(position)) {
            return out.integer(numbers[position]);
        }
        Variable variable = stream.variables().get(variable(position));
        return out.variable(variable) && Casts.cast(out, SampleType.INTEGER);
    }

    /** What the check made of the arguments, such as a compiled pattern. */
    public <T> T compiled(Class<T> type) {
        return type.cast(compiled);
    }

    /** Keeps what the check made of the arguments. */
    public void compiled(Object compiled) {
        this.compiled = compiled;
    }
}
