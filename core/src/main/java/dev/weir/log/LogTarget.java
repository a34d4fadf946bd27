package dev.weir.log;

import dev.weir.sample.ByteWriter;
import dev.weir.sample.CivilTime;
import dev.weir.stream.LogLevel;
import java.io.IOException;

/**
 * One {@code log} line of a configuration: where to, in which form, and which severities. Its sink is opened by the writer
 * thread at the first line. Used by that thread only.
 */
public final class LogTarget {
    /** HAProxy's default of {@code len}. */
    public static final int LENGTH_DEFAULT = 1024;

    /** Opens the sink. */
    interface Opener {
        LogSink open() throws IOException;
    }

    private final Opener opener;
    private final String address;
    private final LineHeader header;
    private final Facility facility;
    private final int levelMax;
    private final int levelMin;
    private final SampleRanges sample;
    private final int lengthMax;
    private final String profile;
    private LogSink sink;

    LogTarget(
            String address,
            Opener opener,
            LineHeader header,
            Facility facility,
            int levelMax,
            int levelMin,
            SampleRanges sample,
            int lengthMax,
            String profile) {
        this.address = address;
        this.opener = opener;
        this.header = header;
        this.facility = facility;
        this.levelMax = levelMax;
        this.levelMin = levelMin;
        this.sample = sample;
        this.lengthMax = lengthMax;
        this.profile = profile;
    }

    /** Name of the {@link LogProfile} that its lines follow, empty for none. */
    String profile() {
        return profile;
    }

    /** As it was written. */
    public String address() {
        return address;
    }

    /**
     * @param limit the least urgent level that is written, or null for the target's own
     * @return whether the line was sent or rightly left out
     */
    boolean write(LogRecord line, LogLevel limit, CivilTime time, ByteWriter out) {
        int least = limit == null ? levelMax : limit.ordinal();
        if (line.level > least || sample != null && !sample.takesNext()) {
            return true;
        }
        out.clear();
        header.write(line, facility, Math.max(line.level, levelMin), time, out);
        int room = Math.max(0, lengthMax - 1 - out.length());
        out.put(line.text.array(), 0, Math.min(room, line.text.length()));
        if (out.length() > lengthMax - 1) {
            out.length(lengthMax - 1);
        }
        out.put('\n');
        return send(out);
    }

    private boolean send(ByteWriter out) {
        try {
            if (sink == null) {
                sink = opener.open();
            }
            sink.write(out.array(), out.length());
            return true;
        } catch (IOException e) {
            // a log that cannot be written cannot be logged either: the caller counts it
            return false;
        }
    }

    void close() {
        if (sink != null) {
            sink.close();
            sink = null;
        }
    }
}
