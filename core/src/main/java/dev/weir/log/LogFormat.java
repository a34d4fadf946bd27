package dev.weir.log;

import dev.weir.sample.ByteWriter;
import dev.weir.stream.Stream;

/** A compiled format. Immutable; any loop. Writing a line allocates nothing. */
public final class LogFormat {
    /** {@code option tcplog}. */
    public static final String TCP = "%ci:%cp [%t] %ft %b/%s %Tw/%Tc/%Tt %B %ts %ac/%fc/%bc/%sc/%rc %sq/%bq";
    /** {@code option tcplog clf}. */
    public static final String TCP_CLF =
            "%{+Q}o %{-Q}ci - - [%T] \"TCP \" 000 %B \"\" \"\" %cp %ms %ft %b %s %Th %Tw %Tc %Tt"
                    + " %U %ts-- %ac %fc %bc %sc %rc %sq %bq \"\" \"\" ";
    /** {@code option httplog}. */
    public static final String HTTP =
            "%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc %ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %{+Q}r";
    /** {@code option httpslog}. */
    public static final String HTTPS = HTTP
            + " %[fc_err]/%[ssl_fc_err,hex]/%[ssl_c_err]/%[ssl_c_ca_err]/%[ssl_fc_is_resumed] %[ssl_fc_sni]/%sslv/%sslc";
    /** {@code option httplog clf}. */
    public static final String HTTP_CLF =
            "%{+Q}o %{-Q}ci - - [%trg] %r %ST %B \"\" \"\" %cp %ms %ft %b %s %TR %Tw %Tc %Tr %Ta %tsc %ac %fc %bc %sc"
                    + " %rc %sq %bq %CC %CS %hrl %hsl";
    /** What is written without {@code log-format} or an option; the protocol stands for the frontend's mode. */
    public static final String DEFAULT_TCP = "Connect from %ci:%cp to %fi:%fp (%f/TCP)";
    /** As {@link #DEFAULT_TCP}, in {@code mode http}. */
    public static final String DEFAULT_HTTP = "Connect from %ci:%cp to %fi:%fp (%f/HTTP)";

    /** What a format is for, which decides how values are written. Closed set. */
    enum Use {
        /** A log line: what is missing is a dash. */
        LOG,
        /** A text for another purpose: what is missing is nothing. */
        TEXT,
        /** A name for a request: blanks as in a line, what is missing is nothing. */
        ID,
        /** A part of an HTTP head: besides, control characters become {@code %XX}, values are not quoted and nothing is encoded. */
        HEAD
    }

    private final String text;
    private final Use use;
    private final LogItem[] items;
    private final FormatFlags flags;

    /** @param flags of the line as a whole */
    LogFormat(String text, Use use, LogItem[] items, FormatFlags flags) {
        this.text = text;
        this.use = use;
        this.items = items;
        this.flags = flags;
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /** Whether it is the same for all streams; it is then that text. */
    public boolean isConstant() {
        for (LogItem item : items) {
            if (!(item instanceof LogItem.Text)) {
                return false;
            }
        }
        return !flags.isEncoded();
    }

    /** Whether it may show whom the session spoke with: the kernel forgets that when the connection has ended. */
    boolean mayShowPeers() {
        for (LogItem item : items) {
            if (item instanceof LogItem.Value
                    || item instanceof LogItem.Alias alias && alias.alias().showsPeer()) {
                return true;
            }
        }
        return false;
    }

    /** Appends the line for a stream whose session has ended. */
    public void write(Stream stream, LineWriter line, ByteWriter out) {
        write(stream, line, out, false);
    }

    /** Appends the line; {@code isEarly} marks numbers that still grow. */
    public void write(Stream stream, LineWriter line, ByteWriter out, boolean isEarly) {
        line.begin(stream, out, use, isEarly);
        if (flags.isEncoded()) {
            writeMap(line);
            return;
        }
        for (LogItem item : items) {
            item.write(line);
        }
    }

    /** Only named items count. */
    private void writeMap(LineWriter line) {
        line.beginMap(flags);
        boolean isFirst = true;
        for (LogItem item : items) {
            if (item.name() != null) {
                line.key(flags, item.name(), isFirst);
                item.write(line);
                isFirst = false;
            }
        }
        line.endMap(flags);
    }
}
