package dev.weir.e2e;

import dev.weir.FreePort;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A name server by UDP and TCP on one port, whose zone and manners the test changes at any time. */
final class ScriptedNameServer implements Closeable {
    /** How it answers. */
    enum Manner {
        HONEST,
        /** Never. */
        SILENT,
        /** With bytes that mean nothing. */
        GARBLED,
        /** To another question than was asked, with an address that nobody should use. */
        LYING,
        REFUSING,
        /** By UDP only with a hint to ask by TCP. */
        TRUNCATING,
        /** With all records of the name, whatever was asked for. */
        GENEROUS
    }

    private static final int TTL_SECONDS = 60;

    private final DatagramSocket datagrams;
    private final ServerSocket streams;
    private final AtomicInteger asked = new AtomicInteger();
    private final Queue<String> questions = new ConcurrentLinkedQueue<>();
    private final RandomGenerator random;
    private volatile List<Record> zone = List.of();
    private volatile Manner manner = Manner.HONEST;

    ScriptedNameServer() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed of the name server " + seed);
        random = new java.util.Random(seed);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        int port = FreePort.next(); // what port 0 gives for streams may be taken for datagrams
        streams = new ServerSocket(port, 50, loopback);
        datagrams = new DatagramSocket(port, loopback);
        Thread.ofPlatform().daemon().start(this::serveDatagrams);
        Thread.ofPlatform().daemon().start(this::serveStreams);
    }

    int port() {
        return datagrams.getLocalPort();
    }

    /** How many questions it has got. */
    int asked() {
        return asked.get();
    }

    /** What it was asked for since the last call: name and type. */
    List<String> takeQuestions() {
        List<String> taken = new ArrayList<>();
        for (String question = questions.poll(); question != null; question = questions.poll()) {
            taken.add(question);
        }
        return taken;
    }

    void manner(Manner wanted) {
        manner = wanted;
    }

    /** Lines such as {@code a.test. A 127.0.0.1}, in place of what there was. */
    void zone(String... lines) throws IOException {
        List<Record> records = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.split(" ", 3);
            records.add(Record.fromString(
                    Name.fromString(words[0]), Type.value(words[1]), DClass.IN, TTL_SECONDS, words[2], Name.root));
        }
        zone = records;
    }

    private void serveDatagrams() {
        byte[] buffer = new byte[4096];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                datagrams.receive(packet);
                asked.incrementAndGet();
                byte[] answer = answer(new Message(java.util.Arrays.copyOf(buffer, packet.getLength())), false);
                if (answer != null) {
                    datagrams.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (SocketException e) {
            // closed: the test is over
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void serveStreams() {
        try {
            while (true) {
                Socket socket = streams.accept();
                Thread.ofPlatform().daemon().start(() -> serveStream(socket));
            }
        } catch (SocketException e) {
            // closed: the test is over
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void serveStream(Socket socket) {
        try (socket) {
            var in = new DataInputStream(socket.getInputStream());
            var out = new DataOutputStream(socket.getOutputStream());
            while (true) {
                byte[] question = in.readNBytes(in.readUnsignedShort());
                asked.incrementAndGet();
                byte[] answer = answer(new Message(question), true);
                if (answer != null) {
                    out.writeShort(answer.length);
                    out.write(answer);
                }
            }
        } catch (EOFException | SocketException e) {
            // the proxy has gone
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Null for none. */
    private byte[] answer(Message question, boolean isByStream) throws IOException {
        Record record = question.getQuestion();
        questions.add(record.getName() + " " + Type.string(record.getType()));
        return switch (manner) {
            case HONEST -> honest(question, false).toWire();
            case GENEROUS -> honest(question, true).toWire();
            case SILENT -> null;
            case GARBLED -> garbled(question);
            case LYING -> lie(question).toWire();
            case REFUSING -> failing(question, Rcode.REFUSED).toWire();
            case TRUNCATING ->
                isByStream
                        ? honest(question, false).toWire()
                        : truncated(question).toWire();
        };
    }

    private static Message reply(Message question) {
        Message reply = new Message(question.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.addRecord(question.getQuestion(), Section.QUESTION);
        return reply;
    }

    private Message honest(Message question, boolean isGenerous) {
        Message reply = reply(question);
        Name name = question.getQuestion().getName();
        boolean isKnown = false;
        for (Record record : zone) {
            boolean isOfName = record.getName().equals(name);
            isKnown |= isOfName;
            if (isOfName
                    && (isGenerous || record.getType() == question.getQuestion().getType())) {
                reply.addRecord(record, Section.ANSWER);
            }
        }
        reply.getHeader().setRcode(isKnown ? Rcode.NOERROR : Rcode.NXDOMAIN);
        return reply;
    }

    private static Message failing(Message question, int code) {
        Message reply = reply(question);
        reply.getHeader().setRcode(code);
        return reply;
    }

    private static Message truncated(Message question) {
        Message reply = reply(question);
        reply.getHeader().setFlag(Flags.TC);
        return reply;
    }

    private byte[] garbled(Message question) {
        byte[] bytes = honest(question, false).toWire();
        byte[] noise = new byte[bytes.length + random.nextInt(100)];
        random.nextBytes(noise);
        noise[0] = bytes[0]; // the number is right
        noise[1] = bytes[1];
        return noise;
    }

    private static Message lie(Message question) throws IOException {
        Message reply = new Message(question.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        Name other = Name.fromString("lie.test.");
        reply.addRecord(Record.newRecord(other, question.getQuestion().getType(), DClass.IN), Section.QUESTION);
        reply.addRecord(
                Record.fromString(other, Type.A, DClass.IN, TTL_SECONDS, "127.66.66.66", Name.root), Section.ANSWER);
        return reply;
    }

    @Override
    public void close() throws IOException {
        datagrams.close();
        streams.close();
    }
}
