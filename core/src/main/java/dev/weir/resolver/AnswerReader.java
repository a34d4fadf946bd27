package dev.weir.resolver;

import dev.weir.resolver.Answer.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;

/**
 * Reads what came from a name server and believes nothing of it: whatever the bytes are, there is an {@link Answer}. As HAProxy does, it
 * follows aliases only in the order in which they came. One use a message; one thread.
 */
final class AnswerReader {
    private final Question question;
    private final Message message;
    private final boolean isTruncated;
    private final List<InetAddress> addresses = new ArrayList<>();
    private final List<SRVRecord> services = new ArrayList<>();
    private boolean isThroughAlias;

    private AnswerReader(Question question, Message message) {
        this.question = question;
        this.message = message;
        this.isTruncated = message.getHeader().getFlag(Flags.TC);
    }

    static Answer read(byte[] bytes, Question question) {
        try {
            return new AnswerReader(question, new Message(bytes)).read();
        } catch (IOException | IllegalArgumentException e) { // torn, looping, or with counts and lengths that lie
            return Answer.without(Outcome.INVALID, false, false);
        }
    }

    private Answer read() {
        int code = message.getRcode();
        Record asked = message.getQuestion();
        // some name servers do not repeat a question that they do not understand
        boolean isToQuestion = asked == null ? code != Rcode.NOERROR : question.isAskedIn(asked);
        if (!message.getHeader().getFlag(Flags.QR) || !isToQuestion) {
            return Answer.without(Outcome.INVALID, false, false);
        }
        Outcome outcome = switch (code) {
            case Rcode.NOERROR -> records();
            case Rcode.NXDOMAIN -> Outcome.NX;
            case Rcode.REFUSED -> Outcome.REFUSED;
            default -> Outcome.OTHER;
        };
        if (outcome != Outcome.VALID) {
            return Answer.without(outcome, true, isTruncated);
        }
        return new Answer(outcome, true, isTruncated, isThroughAlias, addresses, services, additional());
    }

    private Outcome records() {
        List<Record> records = message.getSection(Section.ANSWER);
        if (isTruncated && !question.isForServices()) {
            return Outcome.TRUNCATED;
        }
        if (records.isEmpty()) {
            return isTruncated ? Outcome.TRUNCATED : Outcome.EMPTY;
        }
        if (question.isForServices()) {
            records.forEach(this::service);
            return services.isEmpty() ? Outcome.EMPTY : Outcome.VALID;
        }
        return addresses(records);
    }

    /** The root as a target says that there is no such service. */
    private void service(Record record) {
        boolean isAboutName = record instanceof SRVRecord && isOf(record, question.name());
        if (isAboutName
                && record instanceof SRVRecord service
                && !service.getTarget().equals(Name.root)) {
            services.add(service);
        }
    }

    /** Each record has to be of the name asked for, or of what the alias before it stands for. */
    private Outcome addresses(List<Record> records) {
        Name expected = question.name();
        for (Record record : records) {
            if (!isOf(record, expected)) {
                return record == records.getFirst() ? Outcome.INVALID : Outcome.ALIAS_ERROR;
            }
            switch (record) {
                case ARecord a -> addresses.add(a.getAddress());
                case AAAARecord aaaa -> addresses.add(aaaa.getAddress());
                case CNAMERecord alias -> {
                    expected = alias.getTarget();
                    isThroughAlias = true;
                }
                default -> {} // such as signatures
            }
        }
        if (addresses.isEmpty()) {
            return isThroughAlias ? Outcome.ALIAS_ERROR : Outcome.EMPTY;
        }
        return Outcome.VALID;
    }

    private static boolean isOf(Record record, Name name) {
        return record.getDClass() == DClass.IN && record.getName().equals(name);
    }

    private Map<Name, List<InetAddress>> additional() {
        if (!question.isForServices()) {
            return Map.of();
        }
        Map<Name, List<InetAddress>> found = new HashMap<>();
        for (Record record : message.getSection(Section.ADDITIONAL)) {
            InetAddress address = switch (record) {
                case ARecord a -> a.getAddress();
                case AAAARecord aaaa -> aaaa.getAddress();
                default -> null;
            };
            if (address != null && record.getDClass() == DClass.IN) {
                found.computeIfAbsent(record.getName(), name -> new ArrayList<>())
                        .add(address);
            }
        }
        return found;
    }
}
