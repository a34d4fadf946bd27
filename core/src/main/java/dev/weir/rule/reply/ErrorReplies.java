package dev.weir.rule.reply;

import java.util.Arrays;

/**
 * What the proxy answers by status when it answers itself: the replies that a proxy, its defaults or an {@code http-errors}
 * section configures for some of the {@link #isKnown known} codes, with the built-in pages beneath. Immutable; any loop.
 */
public final class ErrorReplies {
    private static final int CODES = 600;
    private static final Reply[] BUILT_IN = new Reply[CODES];

    static {
        for (Reply page : BuiltInPages.ALL) {
            BUILT_IN[page.status()] = page;
        }
    }

    /** Nothing configured: the built-in pages. */
    public static final ErrorReplies NONE = new ErrorReplies(new Reply[CODES]);

    private final Reply[] own;
    private final boolean isEmpty;

    private ErrorReplies(Reply[] own) {
        this.own = own;
        this.isEmpty = Arrays.stream(own).allMatch(reply -> reply == null);
    }

    /** Whether that code has a page at all. */
    public static boolean isKnown(int status) {
        return status >= 0 && status < CODES && BUILT_IN[status] != null;
    }

    /** The page that holds if nothing is configured; it always fits. */
    public static Reply builtIn(int status) {
        return BUILT_IN[isKnown(status) ? status : 500];
    }

    /** Nothing is configured here. */
    public boolean isEmpty() {
        return isEmpty;
    }

    /** What is configured for that code, or null. */
    public Reply own(int status) {
        return isKnown(status) ? own[status] : null;
    }

    /** The reply for that code; of an unknown one that of 500. */
    public Reply of(int status) {
        Reply reply = own(isKnown(status) ? status : 500);
        return reply == null ? builtIn(status) : reply;
    }

    /** These, a backend's, before those of the frontend. Allocates only if both have some. */
    public ErrorReplies over(ErrorReplies frontend) {
        if (isEmpty || frontend == this) {
            return frontend;
        }
        return frontend.isEmpty ? this : builder().addMissing(frontend).build();
    }

    /** Starts with what is here. */
    public Builder builder() {
        Builder builder = new Builder();
        System.arraycopy(own, 0, builder.own, 0, CODES);
        return builder;
    }

    /** Collects replies; a later one takes the place of an earlier one. One thread. */
    public static final class Builder {
        private final Reply[] own = new Reply[CODES];

        /** @param status one that is known */
        public Builder add(int status, Reply reply) {
            own[status] = reply;
            return this;
        }

        Builder addAll(ErrorReplies others) {
            for (int status = 0; status < CODES; status++) {
                if (others.own[status] != null) {
                    own[status] = others.own[status];
                }
            }
            return this;
        }

        private Builder addMissing(ErrorReplies others) {
            for (int status = 0; status < CODES; status++) {
                if (own[status] == null) {
                    own[status] = others.own[status];
                }
            }
            return this;
        }

        public ErrorReplies build() {
            return new ErrorReplies(own);
        }
    }
}
