package dev.weir.bridge.transport.loop;

/** What {@link IdleLimits} has to know of one direction. */
public interface Flow {
    /** Of a direction that does not exist: nobody is expected to do anything. */
    Flow NONE = new Flow() {
        @Override
        public boolean isReading() {
            return false;
        }

        @Override
        public boolean isBlocked() {
            return false;
        }

        @Override
        public long blockedSinceNs() {
            return 0;
        }

        @Override
        public boolean isDone() {
            return false;
        }
    };

    /** Whether it is the source's turn: its silence counts. */
    boolean isReading();

    /** Whether it is the target's turn: it does not take what is there for it. */
    boolean isBlocked();

    /** When the target last took something; meaningful while blocked. */
    long blockedSinceNs();

    /** Whether the target was told the end of what it gets. */
    boolean isDone();
}
