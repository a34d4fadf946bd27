package dev.weir.stream;

import dev.weir.bridge.transport.Meter;

/**
 * The bandwidth limits of one stream that rules have put in force, for both ways, each in the order of their {@code filter}
 * lines. Thread: the stream's loop.
 */
public final class Bandwidth {
    private final Chain upload = new Chain();
    private final Chain download = new Chain();

    Bandwidth() {}

    /** Of what the client sends; null without a limit. */
    public Meter upload() {
        return upload.first == null ? null : upload;
    }

    /** Of what the client gets; null without a limit. */
    public Meter download() {
        return download.first == null ? null : download;
    }

    /** Puts a limit of the stream's own in force; one of that name starts anew with these figures. */
    public void limit(BandwidthSettings settings, long bytesMax, long periodMs) {
        find(settings).own(bytesMax, periodMs);
    }

    /** Puts a shared limit in force; the reference to the entry is taken over. */
    public void share(BandwidthSettings settings, long entry, long nowNs) {
        find(settings).share(entry, nowNs);
    }

    private BandwidthLimit find(BandwidthSettings settings) {
        return (settings.isUpload() ? upload : download).find(settings);
    }

    boolean isEmpty() {
        return upload.first == null && download.first == null;
    }

    void end(long nowNs) {
        upload.end(nowNs);
        download.end(nowNs);
    }

    /** The limits of one way: what the first lets through the second looks at, and so on. */
    private static final class Chain implements Meter {
        private BandwidthLimit first;
        private long resumeNs;

        @Override
        public int grant(int bytes, long nowNs) {
            int granted = bytes;
            for (BandwidthLimit limit = first; limit != null; limit = limit.next) {
                granted = limit.admit(granted, nowNs);
            }
            resumeNs = nowNs + 1;
            for (BandwidthLimit limit = first; limit != null; limit = limit.next) {
                limit.passed(granted);
                resumeNs = Math.max(resumeNs, limit.resumeNs());
            }
            return granted;
        }

        @Override
        public long resumeNs() {
            return resumeNs;
        }

        BandwidthLimit find(BandwidthSettings settings) {
            BandwidthLimit before = null;
            BandwidthLimit limit = first;
            while (limit != null && limit.settings.rank() < settings.rank()) {
                before = limit;
                limit = limit.next;
            }
            if (limit != null && limit.settings.rank() == settings.rank()) {
                return limit;
            }
            BandwidthLimit added = new BandwidthLimit(settings);
            added.next = limit;
            if (before == null) {
                first = added;
            } else {
                before.next = added;
            }
            return added;
        }

        void end(long nowNs) {
            for (BandwidthLimit limit = first; limit != null; limit = limit.next) {
                limit.end(nowNs);
            }
            first = null;
        }
    }
}
