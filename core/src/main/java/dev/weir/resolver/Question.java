package dev.weir.resolver;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** What a name server is asked: a name, and records of which type. Immutable. */
record Question(Name name, int type) {
    /** Null if it is no domain name. */
    static Name nameOf(String host) {
        try {
            return Name.fromString(host, Name.root);
        } catch (TextParseException e) {
            return null; // the caller knows what the name was for
        }
    }

    /** As a message that wants recursion, and says how long an answer may be. */
    byte[] message(int id, int payloadBytes) {
        Message message = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        message.getHeader().setID(id);
        message.addRecord(new OPTRecord(payloadBytes, 0, 0), Section.ADDITIONAL);
        return message.toWire();
    }

    boolean isAskedIn(Record asked) {
        return asked.getName().equals(name) && asked.getType() == type && asked.getDClass() == DClass.IN;
    }

    boolean isForServices() {
        return type == Type.SRV;
    }

    /** The same for the other family of addresses; null for services. */
    Question ofOtherFamily() {
        return isForServices() ? null : new Question(name, type == Type.A ? Type.AAAA : Type.A);
    }
}
