package dev.weir.stick;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.MappedBytes;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A table's memory as a mapped file: what is written is the kernel's at once and survives the process, however it ends. The first
 * page says what the file is; with another layout, or damaged, it is started afresh, and {@link #finding} says so. Locked
 * against other processes while it is open. Chronicle Bytes does the mapping, so that no other part knows how.
 *
 * <pre>
 *    0  u64  magic
 *    8  u64  fingerprint of the layout
 *   16  u32  CRC-32C of the 16 bytes before
 * 4096       texts ({@link KeyDictionary}), then the entries ({@link TablePlan})
 * </pre>
 */
final class TableFile implements TableMemory {
    private static final long MAGIC = 0x31306B6374735257L; // "WRstck01" read as little endian
    private static final int HEADER_BYTES = 4096;
    private static final int CRC_AT = 16;

    private final FileChannel channel;
    private final MappedBytes mapped;
    private final long address;
    private final boolean isRecovered;
    private final String finding;

    private TableFile(FileChannel channel, Path path, long fingerprint, long entriesBytes) throws IOException {
        this.channel = channel;
        long bytes = wholePages(HEADER_BYTES + KeyDictionary.BYTES + entriesBytes);
        long bytesFound = channel.size();
        finding = bytesFound == 0 ? null : fault(read(channel), fingerprint, bytesFound, bytes);
        isRecovered = bytesFound != 0 && finding == null;
        if (!isRecovered) {
            startAfresh(fingerprint, bytes);
        }
        mapped = MappedBytes.singleMappedBytes(path.toFile(), bytes);
        address = mapped.bytesStore().addressForRead(0);
    }

    /** Otherwise the mapping would lengthen the file, and lock it to do so. */
    private static long wholePages(long bytes) {
        return bytes + HEADER_BYTES - 1 & -HEADER_BYTES;
    }

    /**
     * Opens or makes the file.
     *
     * @throws IOException with a message for the operator
     */
    static TableFile open(Path path, long fingerprint, long entriesBytes) throws IOException {
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock(channel, path);
            return new TableFile(channel, path, fingerprint, entriesBytes);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void lock(FileChannel channel, Path path) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new IOException("'" + path + "' is in use by another table or process");
        }
    }

    private static ByteBuffer read(FileChannel channel) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(CRC_AT + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        channel.read(header, 0);
        return header;
    }

    private static String fault(ByteBuffer header, long fingerprint, long bytesFound, long bytesWanted) {
        if (header.hasRemaining() || header.getLong(0) != MAGIC || header.getInt(CRC_AT) != crc(header)) {
            return "is damaged or no stick table";
        }
        if (header.getLong(8) != fingerprint || bytesFound != bytesWanted) {
            return "was written with other settings of the table";
        }
        return null;
    }

    /** Everything reads as zeros; the header comes last. */
    private void startAfresh(long fingerprint, long bytes) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.allocate(1), bytes - 1);
        ByteBuffer header = ByteBuffer.allocate(CRC_AT + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(0, MAGIC).putLong(8, fingerprint).putInt(CRC_AT, crc(header));
        channel.write(header, 0);
    }

    private static int crc(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.array(), 0, CRC_AT);
        return (int) crc.getValue();
    }

    /** Why what was there before could not be used, or null. */
    String finding() {
        return finding;
    }

    @Override
    public UnsafeBuffer dictionary() {
        return new UnsafeBuffer(address + HEADER_BYTES, KeyDictionary.BYTES);
    }

    @Override
    public long entriesAddress() {
        return address + HEADER_BYTES + KeyDictionary.BYTES;
    }

    @Override
    public boolean isRecovered() {
        return isRecovered;
    }

    @Override
    public boolean isLasting() {
        return true;
    }

    /** Gives the mapping back; the bytes are in the file. */
    @Override
    public void close() {
        mapped.releaseLast();
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
