package dev.weir.load.origin;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.load.loop.Pattern;
import dev.weir.load.plan.Job;
import org.agrona.concurrent.UnsafeBuffer;

/** The other side of what a tcp URL asks for. */
final class TcpService implements Service {
    private static final int BLOCK_BYTES = 65536;

    private final Job job;
    private final Waiter waiter;
    private final UnsafeBuffer bytes;

    TcpService(Job job, Waiter waiter) {
        this.job = job;
        this.waiter = waiter;
        this.bytes = Pattern.ofBytes(job instanceof Job.Ask ask ? ask.answerBytes() : BLOCK_BYTES);
    }

    @Override
    public void serve(Connection client) throws ConnectionFailure {
        switch (job) {
            case Job.Echo echo -> echo(client);
            case Job.Ask ask -> answer(client, ask);
            case Job.Sink sink -> discard(client);
            case Job.Connect connect -> discard(client);
            case Job.Source source -> pour(client);
            case Job.Http http -> throw new IllegalStateException("http has a service of its own");
        }
    }

    private void echo(Connection client) throws ConnectionFailure {
        while (client.receive(Long.MAX_VALUE) != Connection.END_OF_STREAM) {
            holdBack();
            client.write(client.input(), 0, client.available(), Long.MAX_VALUE);
            client.consume(client.available());
        }
    }

    private void answer(Connection client, Job.Ask ask) throws ConnectionFailure {
        int missing = ask.bytes();
        while (client.receive(Long.MAX_VALUE) != Connection.END_OF_STREAM) {
            while (client.available() > 0) {
                int part = Math.min(missing, client.available());
                client.consume(part);
                missing -= part;
                if (missing == 0) {
                    holdBack();
                    client.write(bytes, 0, bytes.capacity(), Long.MAX_VALUE);
                    missing = ask.bytes();
                }
            }
        }
    }

    private void holdBack() {
        if (waiter.holdsBack()) {
            waiter.await();
        }
    }

    private static void discard(Connection client) throws ConnectionFailure {
        while (client.receive(Long.MAX_VALUE) != Connection.END_OF_STREAM) {
            client.consume(client.available());
        }
    }

    /** Ends when the client does: by a failure. */
    private void pour(Connection client) throws ConnectionFailure {
        while (true) {
            client.write(bytes, 0, bytes.capacity(), Long.MAX_VALUE);
        }
    }
}
