package dev.weir.cli;

import dev.weir.listen.SharedListener;
import java.util.List;

/**
 * What a command answers, sent piece by piece: whoever writes waits while the client has not read the piece before, so a long
 * answer takes a bounded amount of memory.
 *
 * <p>How pieces change hands: the command's thread puts one into {@link #piece} and waits until it is null again; the
 * connection's virtual thread is unparked, sends it, and takes it away. All under the answer's monitor. Threads: one writes, one
 * sends.
 */
public final class Answer {
    private static final int PIECE_CHARS = 12_000;

    private final StringBuilder text = new StringBuilder();
    private final Runnable wakeSender;
    private final CliState state;
    private String piece;
    private boolean isFinished;
    private boolean isAbandoned;
    private boolean hasEnd = true;
    private volatile boolean isClientDone;
    private volatile List<SharedListener> handedOver = List.of();

    Answer(CliState state, Runnable wakeSender) {
        this.state = state;
        this.wakeSender = wakeSender;
    }

    /** The connection's level and settings, which commands may change. */
    public CliState state() {
        return state;
    }

    /** Where to write; call {@link #flush} now and then. */
    public StringBuilder text() {
        return text;
    }

    /** A line of its own. */
    public Answer line(String line) {
        text.append(line).append('\n');
        return this;
    }

    /** Ends a line that was begun. */
    Answer endLine() {
        boolean isBegun = !text.isEmpty() && text.charAt(text.length() - 1) != '\n';
        return isBegun ? line("") : this;
    }

    /** A message of a command that the client may ask to have marked. */
    public Answer message(MessageLevel level, String text) {
        this.text.append(level.mark(state.severityOutput()));
        return line(text);
    }

    /** Nobody was asked: the empty line does not come that ends an answer. */
    public void omitEnd() {
        hasEnd = false;
    }

    boolean hasEnd() {
        return hasEnd;
    }

    /** Listeners that the client gets when the command is over. */
    void handOver(List<SharedListener> listeners) {
        handedOver = listeners;
    }

    List<SharedListener> handedOver() {
        return handedOver;
    }

    /** Sends what has gathered if it is much; between two rows of a long answer. */
    public void flush() throws ClientGone {
        if (text.length() >= PIECE_CHARS) {
            handOver();
        }
    }

    private synchronized void handOver() throws ClientGone {
        awaitTaken();
        piece = text.toString();
        text.setLength(0);
        wakeSender.run();
    }

    private void awaitTaken() throws ClientGone {
        while (piece != null && !isAbandoned) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ClientGone();
            }
        }
        if (isAbandoned) {
            throw new ClientGone();
        }
    }

    /** The command has run. */
    synchronized void finish() throws ClientGone {
        handOver();
        isFinished = true;
        wakeSender.run();
    }

    /** The command has run, or nobody waits for what it answers. */
    synchronized boolean isEnded() {
        return isFinished || isAbandoned;
    }

    /** Nothing comes any more, whatever has happened: the sender need not wait. */
    synchronized void end() {
        isFinished = true;
        wakeSender.run();
    }

    // ---- for the sender ----

    /** Takes the piece that waits, null if there is none yet. */
    synchronized String take() {
        String taken = piece;
        piece = null;
        notifyAll();
        return taken;
    }

    /** Whether the client has ended its stream, or gone: a command that only waits need not go on. */
    public boolean isClientDone() {
        return isClientDone;
    }

    void clientListens(boolean isListening) {
        isClientDone = !isListening;
    }

    synchronized boolean isOver() {
        return isFinished && piece == null;
    }

    /** Nobody will send any more. */
    synchronized void abandon() {
        isAbandoned = true;
        notifyAll();
    }
}
