package dev.weir.resolver;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.Name;
import org.xbill.DNS.SRVRecord;

/**
 * What a message says about a question. Immutable.
 *
 * @param isToQuestion whether the message names the question; only such a one says something about it
 * @param isTruncated whether more would have come by TCP
 * @param isThroughAlias whether the name is an alias
 * @param additional addresses of services' targets that came along
 */
record Answer(
        Outcome outcome,
        boolean isToQuestion,
        boolean isTruncated,
        boolean isThroughAlias,
        List<InetAddress> addresses,
        List<SRVRecord> services,
        Map<Name, List<InetAddress>> additional) {

    /** What it amounts to, and how that is counted. */
    enum Outcome {
        VALID(Resolution.Status.VALID, ResolverCounter.VALID),
        INVALID(Resolution.Status.INVALID, ResolverCounter.INVALID),
        NX(Resolution.Status.NX, ResolverCounter.NX),
        REFUSED(Resolution.Status.REFUSED, ResolverCounter.REFUSED),
        /** Without a record. */
        EMPTY(Resolution.Status.OTHER, ResolverCounter.ANY_ERR),
        /** An alias that leads nowhere. */
        ALIAS_ERROR(Resolution.Status.OTHER, ResolverCounter.CNAME_ERROR),
        TRUNCATED(Resolution.Status.OTHER, ResolverCounter.TRUNCATED),
        OTHER(Resolution.Status.OTHER, ResolverCounter.OTHER);

        final Resolution.Status status;
        final ResolverCounter counter;

        Outcome(Resolution.Status status, ResolverCounter counter) {
            this.status = status;
            this.counter = counter;
        }
    }

    /** One that brings nothing. */
    static Answer without(Outcome outcome, boolean isToQuestion, boolean isTruncated) {
        return new Answer(outcome, isToQuestion, isTruncated, false, List.of(), List.of(), Map.of());
    }
}
