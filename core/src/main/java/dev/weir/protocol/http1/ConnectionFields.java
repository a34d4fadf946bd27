package dev.weir.protocol.http1;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.ListValues;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;

/**
 * The fields that concern one connection only (RFC 9110 section 7.6.1), put in order as HAProxy does: {@code close} and
 * {@code keep-alive} are noted and taken out, an Upgrade stays only if Connection names it and if it asks for something other than
 * {@code h2c}, of {@code TE} stays {@code trailers}. Other words of Connection, and what they name, are left alone.
 */
final class ConnectionFields {
    private static final FieldName CLOSE = FieldName.of("close");
    private static final FieldName KEEP_ALIVE = FieldName.of("keep-alive");
    private static final FieldName H2C = FieldName.of("h2c");
    private static final FieldName TRAILERS = FieldName.of("trailers");

    private final ListValues values = new ListValues();
    private boolean isClose;
    private boolean isKeepAlive;
    private boolean isUpgrade;

    void settle(MessageHead head, boolean isRequest) {
        isClose = isKeepAlive = isUpgrade = false;
        if (head.mayHave(FieldName.CONNECTION)) {
            note(head);
        }
        if (head.mayHave(FieldName.UPGRADE)) {
            settleUpgrade(head, isRequest);
        } else {
            isUpgrade = false;
        }
        if (head.mayHave(FieldName.CONNECTION)) {
            clean(head, FieldName.CONNECTION);
        }
        if (head.mayHave(FieldName.TE)) {
            clean(head, FieldName.TE);
        }
    }

    private void note(MessageHead head) {
        for (values.start(head, FieldName.CONNECTION); values.next(); ) {
            isClose |= values.is(CLOSE);
            isKeepAlive |= values.is(KEEP_ALIVE);
            isUpgrade |= values.is(FieldName.UPGRADE);
        }
    }

    private void settleUpgrade(MessageHead head, boolean isRequest) {
        if (isUpgrade || !isRequest) {
            clean(head, FieldName.UPGRADE);
        } else {
            head.removeAll(FieldName.UPGRADE);
        }
        isUpgrade = isUpgrade && head.find(FieldName.UPGRADE, 0) >= 0;
    }

    /** Takes the words that do not stay out of all fields of a name, and fields without a word. */
    private void clean(MessageHead head, FieldName name) {
        int field = head.find(name, 0);
        while (field >= 0) {
            long kept = kept(head, field, name);
            if (kept == Slice.NONE) {
                head.remove(field--);
            } else {
                head.value(field, kept);
            }
            field = head.find(name, field + 1);
        }
    }

    /** What stays of a field's value: its bytes up to the first word that goes, then the words that stay; NONE if none does. */
    private long kept(MessageHead head, int field, FieldName name) {
        long whole = head.value(field);
        long kept = Slice.NONE;
        boolean isChanged = false;
        for (values.startField(head, field); values.next(); ) {
            long word = values.value();
            if (!stays(name)) {
                isChanged = true;
            } else if (kept == Slice.NONE) {
                kept = word;
            } else if (isChanged) {
                kept = head.joined(kept, ',', 1, word);
            } else {
                kept = upTo(whole, word);
            }
        }
        return kept;
    }

    private static long upTo(long whole, long word) {
        int end = Slice.offset(word) + Slice.length(word) - Slice.offset(whole);
        return Slice.part(whole, 0, end);
    }

    private boolean stays(FieldName name) {
        if (name == FieldName.UPGRADE) {
            return !values.is(H2C);
        }
        if (name == FieldName.TE) {
            return values.is(TRAILERS);
        }
        return !values.is(CLOSE) && !values.is(KEEP_ALIVE) && (isUpgrade || !values.is(FieldName.UPGRADE));
    }

    boolean isClose() {
        return isClose;
    }

    boolean isKeepAlive() {
        return isKeepAlive;
    }

    boolean isUpgrade() {
        return isUpgrade;
    }
}
