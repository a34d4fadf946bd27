package dev.weir.sample.pattern;

import dev.weir.bridge.transport.SocketName;
import dev.weir.sample.ConstantAddress;
import dev.weir.sample.ParseProblem;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** One pattern, and in a map the value it stands for. Immutable, but for what is
 * compiled before it is published: a new value is a new entry. */
public final class PatternEntry {
    private final long reference;
    private final String text;
    private final byte[] bytes;
    private final String value;
    private final byte[] valueBytes;
    private final long valueNumber;
    private final SocketName valueAddress;
    /** The address that the text's name leads to; null if that was not asked for, or the text has none. */
    private String address;

    /** Compiled at the first use: entries are moved from index to index, and compiling is dear. */
    private Regex regex;

    private Regex caselessRegex;

    /** A pattern of no list. */
    public PatternEntry(String text) {
        reference = 0;
        this.text = text;
        bytes = text.getBytes(StandardCharsets.UTF_8);
        value = null;
        valueBytes = null;
        valueNumber = 0;
        valueAddress = null;
    }

    /**
     * An entry of a list.
     *
     * @param reference tells it from all others of its list
     * @param value null in a list of patterns
     * @param forms what converters want to make of the value
     */
    PatternEntry(long reference, String text, String value, Set<MapValue> forms) throws ParseProblem {
        this.reference = reference;
        this.text = text;
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
        this.value = value;
        this.valueBytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        this.valueNumber = forms.contains(MapValue.INT) ? integer(value) : 0;
        this.valueAddress = forms.contains(MapValue.IP) ? address(value) : null;
    }

    /** The same entry with another value, or the same value in more forms. */
    PatternEntry withValue(String value, Set<MapValue> forms) throws ParseProblem {
        PatternEntry entry = new PatternEntry(reference, text, value, forms);
        entry.address = address;
        return entry;
    }

    /** Reads a value of {@link MapValue#INT}. */
    public static long integer(String value) throws ParseProblem {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new ParseProblem("'%s' is not a number", value);
        }
    }

    /** Reads a value of {@link MapValue#IP}. */
    public static SocketName address(String value) throws ParseProblem {
        SocketName name = new SocketName();
        if (!ConstantAddress.parseIpv4(value, name) && !ConstantAddress.parseIpv6(value, name)) {
            throw new ParseProblem("'%s' is not an IP address", value);
        }
        return name;
    }

    /** Unique within its list, over all its versions. */
    public long reference() {
        return reference;
    }

    /** As written. */
    public String text() {
        return text;
    }

    /** UTF-8 bytes of the text; not to be written to. */
    public byte[] bytes() {
        return bytes;
    }

    /** As written; null in a list of patterns. */
    public String value() {
        return value;
    }

    /** UTF-8 bytes of the value; not to be written to. */
    public byte[] valueBytes() {
        return valueBytes;
    }

    /** Finds the address of a host that the text names; before the entry is published. Waits for name servers. */
    void resolveName() {
        address = NetworkText.resolve(text);
    }

    /** The text, with an address in place of a name that was resolved. */
    String network() {
        return address == null ? text : address;
    }

    /** The text as a regular expression, compiled once; to be called first under the lock of the list. */
    Regex regex(boolean ignoresCase) throws ParseProblem {
        if (ignoresCase) {
            caselessRegex = caselessRegex == null ? Regex.compile(text, true) : caselessRegex;
            return caselessRegex;
        }
        regex = regex == null ? Regex.compile(text, false) : regex;
        return regex;
    }

    /** The regular expression of an entry that one has matched. */
    public Regex regex() {
        return regex;
    }

    public long valueNumber() {
        return valueNumber;
    }

    public SocketName valueAddress() {
        return valueAddress;
    }
}
