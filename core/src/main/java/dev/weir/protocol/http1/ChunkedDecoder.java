package dev.weir.protocol.http1;

import dev.weir.protocol.http.FieldName;
import org.agrona.DirectBuffer;

/**
 * Walks a chunked body (RFC 9112 section 7.1) over the bytes that are held, in any pieces, to its end behind the trailers. Nothing is
 * copied: the bytes are passed on as they are, and whoever wants the data alone is told where it lies.
 *
 * <p>Strict as HAProxy: a size line ends with CRLF, sizes have at most {@value #SIZE_DIGITS_MAX} digits behind their zeros, blanks
 * may stand behind a size only, trailers are fields as in a head without folding.
 *
 * <p>Thread: its owner's; reused. Allocates nothing.
 */
public final class ChunkedDecoder {
    /** Is told where data lies, in order. */
    public interface Pieces {
        void piece(DirectBuffer bytes, int offset, int length);
    }

    private static final int SIZE_DIGITS_MAX = 13;

    private static final int SIZE_START = 0;
    private static final int SIZE = 1;
    private static final int SIZE_BLANK = 2;
    private static final int EXTENSION = 3;
    private static final int SIZE_LF = 4;
    private static final int DATA = 5;
    private static final int DATA_CR = 6;
    private static final int DATA_LF = 7;
    private static final int TRAILER_START = 8;
    private static final int TRAILER_NAME = 9;
    private static final int TRAILER_VALUE = 10;
    private static final int TRAILER_LF = 11;
    private static final int LAST_LF = 12;
    private static final int DONE = 13;

    private static final int CR = '\r';
    private static final int LF = '\n';

    /** What a head says about framing and routing must not be said behind the body (RFC 9110 section 6.5.1). */
    private static final FieldName[] FORBIDDEN = {FieldName.CONTENT_LENGTH, FieldName.TRANSFER_ENCODING, FieldName.HOST
    };

    private static final int ALL_FORBIDDEN = (1 << FORBIDDEN.length) - 1;

    private final int lineBytesMax;

    private int state;
    private int digits;
    private boolean leavesTrailers;
    private long chunkBytes;
    private long dataBytes;
    private int lineBytes;
    private int nameLength;
    /** One bit for each of {@link #FORBIDDEN} that the name of the trailer begins with. */
    private int forbiddenNames;

    /** @param lineBytesMax longest size line and longest trailers: {@code tune.bufsize} */
    public ChunkedDecoder(int lineBytesMax) {
        this.lineBytesMax = lineBytesMax;
    }

    /** In front of a body's first byte. */
    public void reset() {
        state = SIZE_START;
        digits = 0;
        chunkBytes = dataBytes = 0;
        lineBytes = 0;
        leavesTrailers = false;
    }

    /** Until the next body: {@link #walk} stops in front of trailers, and goes on behind them at the line that ends the body. */
    public void leaveTrailers(boolean leavesTrailers) {
        this.leavesTrailers = leavesTrailers;
    }

    /** Whether the body has ended, trailers included. */
    public boolean isDone() {
        return state == DONE;
    }

    /** Data so far, without framing. */
    public long dataBytes() {
        return dataBytes;
    }

    /** How many bytes of data come next, without framing in between; these may be passed on unseen, see {@link #skip}. */
    public long dataAhead() {
        return state == DATA ? chunkBytes : 0;
    }

    /** Data was passed on unseen, at most {@link #dataAhead} bytes. */
    public void skip(long bytes) {
        data(bytes);
    }

    /**
     * Walks on over bytes that have not been walked.
     *
     * @param pieces is told of data; null if nobody wants to know
     * @return how many of the bytes belong to the body: all, unless it {@linkplain #isDone ended} or there are trailers to {@linkplain
     *     #leaveTrailers leave}; or the code of a {@link HeadFault}
     */
    public int walk(DirectBuffer bytes, int offset, int length, Pieces pieces) {
        int end = offset + length;
        int at = offset;
        while (at < end && state != DONE) {
            if (state == DATA) {
                int count = (int) Math.min(chunkBytes, end - at);
                if (pieces != null) {
                    pieces.piece(bytes, at, count);
                }
                data(count);
                at += count;
            } else if (leavesTrailers && isTrailer(bytes.getByte(at))) {
                break;
            } else {
                int fault = frame(bytes.getByte(at++));
                if (fault != 0) {
                    return fault;
                }
            }
        }
        return at - offset;
    }

    /** Walks over trailers that {@link #walk} has left. @return how many of the bytes are theirs, or the code of a {@link HeadFault} */
    public int walkTrailers(DirectBuffer bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (at < end && isTrailer(bytes.getByte(at))) {
            int fault = frame(bytes.getByte(at++));
            if (fault != 0) {
                return fault;
            }
        }
        return at - offset;
    }

    /** Whether the next byte is one of a trailer. */
    private boolean isTrailer(int octet) {
        return state >= TRAILER_START && state <= TRAILER_LF && (state != TRAILER_START || octet != CR);
    }

    private void data(long count) {
        chunkBytes -= count;
        dataBytes += count;
        if (chunkBytes == 0) {
            state = DATA_CR;
        }
    }

    private int frame(int octet) {
        if (++lineBytes > lineBytesMax) {
            return HeadFault.CHUNK_LINE_TOO_LONG.code();
        }
        return switch (state) {
            case SIZE_START, SIZE -> size(octet);
            case SIZE_BLANK -> sizeBlank(octet);
            case EXTENSION -> extension(octet);
            case SIZE_LF -> sizeEnd(octet);
            case DATA_CR -> expect(octet, CR, DATA_LF, HeadFault.BAD_CHUNK_END);
            case DATA_LF -> dataEnd(octet);
            case LAST_LF -> expect(octet, LF, DONE, HeadFault.BARE_CR);
            default -> trailer(octet);
        };
    }

    private int expect(int octet, int expected, int next, HeadFault fault) {
        state = next;
        return octet == expected ? 0 : fault.code();
    }

    private int size(int octet) {
        int digit = Character.digit(octet, 16);
        if (digit < 0) {
            return state == SIZE ? sizeBlank(octet) : HeadFault.BAD_CHUNK_SIZE.code();
        }
        state = SIZE;
        digits += digits > 0 || digit > 0 ? 1 : 0;
        chunkBytes = chunkBytes << 4 | digit;
        return digits > SIZE_DIGITS_MAX ? HeadFault.CHUNK_SIZE_TOO_LARGE.code() : 0;
    }

    private int sizeBlank(int octet) {
        switch (octet) {
            case CR -> state = SIZE_LF;
            case ';' -> state = EXTENSION;
            case ' ', '\t' -> state = SIZE_BLANK;
            default -> {
                return HeadFault.BAD_CHUNK_SIZE.code();
            }
        }
        return 0;
    }

    private int extension(int octet) {
        if (octet == CR) {
            state = SIZE_LF;
            return 0;
        }
        boolean isControl = octet >= 0 && octet < ' ' && octet != '\t' || octet == 0x7F;
        return isControl ? HeadFault.BAD_CHUNK_EXTENSION.code() : 0;
    }

    private int sizeEnd(int octet) {
        lineBytes = 0;
        digits = 0;
        return expect(octet, LF, chunkBytes > 0 ? DATA : TRAILER_START, HeadFault.BARE_CR);
    }

    private int dataEnd(int octet) {
        lineBytes = 0;
        return expect(octet, LF, SIZE_START, HeadFault.BAD_CHUNK_END);
    }

    private int trailer(int octet) {
        return switch (state) {
            case TRAILER_START -> trailerStart(octet);
            case TRAILER_NAME -> trailerName(octet);
            case TRAILER_VALUE -> trailerValue(octet);
            default -> expect(octet, LF, TRAILER_START, HeadFault.BARE_CR);
        };
    }

    private int trailerStart(int octet) {
        if (octet == CR) {
            state = LAST_LF;
            return 0;
        }
        state = TRAILER_NAME;
        nameLength = 0;
        forbiddenNames = ALL_FORBIDDEN;
        return octet == ':' ? HeadFault.EMPTY_NAME.code() : trailerName(octet);
    }

    private int trailerName(int octet) {
        if (octet == ':') {
            state = TRAILER_VALUE;
            if (nameLength > HeadParser.NAME_BYTES_MAX) {
                return HeadFault.NAME_TOO_LONG.code();
            }
            return isForbidden() ? HeadFault.FORBIDDEN_TRAILER.code() : 0;
        }
        for (int i = 0; i < FORBIDDEN.length; i++) {
            boolean isLike = nameLength < FORBIDDEN[i].length()
                    && FORBIDDEN[i].bytes().getByte(nameLength) == FieldName.lower(octet);
            forbiddenNames &= isLike ? ALL_FORBIDDEN : ~(1 << i);
        }
        nameLength++;
        return Octets.isToken(octet) ? 0 : HeadFault.BAD_TRAILER.code();
    }

    private boolean isForbidden() {
        for (int i = 0; i < FORBIDDEN.length; i++) {
            if ((forbiddenNames & 1 << i) != 0 && FORBIDDEN[i].length() == nameLength) {
                return true;
            }
        }
        return false;
    }

    private int trailerValue(int octet) {
        if (octet == CR) {
            state = TRAILER_LF;
            return 0;
        }
        return octet == LF || octet == 0 ? HeadFault.BAD_TRAILER.code() : 0;
    }
}
