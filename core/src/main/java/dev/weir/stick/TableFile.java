package dev.weir.stick;

import dev.weir.bridge.kernel.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private static final String IN_USE = "is in use by another table or process";
    /** What identifies the files that tables of this process have. */
    private static final Set<Object> OPEN = ConcurrentHashMap.newKeySet();

    private final FileChannel channel;
    private final FileRoom room;
    private final Object identity;
    private final MappedBytes mapped;
    private final long address;
    private final boolean isRecovered;
    private final String finding;

    private TableFile(FileChannel channel, FileRoom room, Path path, long fingerprint, long entriesBytes)
            throws IOException {
        this.channel = channel;
        this.room = room;
        identity = identity(path);
        long bytes = wholePages(HEADER_BYTES + KeyDictionary.BYTES + entriesBytes);
        long bytesFound = channel.size();
        finding = bytesFound == 0 ? null : fault(read(channel), fingerprint, bytesFound, bytes);
        isRecovered = bytesFound != 0 && finding == null;
        if (!isRecovered) {
            channel.truncate(0);
        }
        room.reserve(bytes);
        if (!isRecovered) {
            writeHeader(fingerprint, bytes);
        }
        mapped = MappedBytes.singleMappedBytes(path.toFile(), bytes);
        address = mapped.bytesStore().addressForRead(0);
        OPEN.add(identity);
    }

    /** Otherwise the mapping would lengthen the file, and lock it to do so. */
    private static long wholePages(long bytes) {
        return bytes + HEADER_BYTES - 1 & -HEADER_BYTES;
    }

    /**
     * Opens or makes the file.
     *
     * @param isSuccessor the process that has the file is about to end: it keeps what it has mapped, and goes on in it, and a copy takes
     *     the file's place. An entry that is written meanwhile may be torn in the copy, and is dropped as after a crash
     * @throws IOException with a message for the operator, which names the file
     */
    static TableFile open(Path path, long fingerprint, long entriesBytes, boolean isSuccessor) throws IOException {
        try {
            return locked(path, fingerprint, entriesBytes, isSuccessor);
        } catch (IOException e) {
            throw new IOException("'" + path + "': " + reason(e), e);
        }
    }

    private static TableFile locked(Path path, long fingerprint, long entriesBytes, boolean isSuccessor)
            throws IOException {
        if (Files.exists(path) && OPEN.contains(identity(path))) {
            throw new IOException(IN_USE); // before it is opened once more: closing that would give up the lock
        }
        if (isSuccessor && isHeldElsewhere(path)) {
            Path copy = path.resolveSibling(path.getFileName() + ".successor");
            Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            Files.move(copy, path, StandardCopyOption.ATOMIC_MOVE);
        }
        FileChannel channel = channel(path);
        FileRoom room = null;
        try {
            lock(channel);
            room = FileRoom.of(path);
            return new TableFile(channel, room, path, fingerprint, entriesBytes);
        } catch (IOException | RuntimeException e) {
            if (room != null) {
                room.close();
            }
            channel.close();
            throw e;
        }
    }

    private static FileChannel channel(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IOException("is no regular file");
        }
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** The JDK says no more than the file's name where it has an exception for the reason. */
    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return Errno.text(Errno.ENOENT);
        }
        if (e instanceof AccessDeniedException) {
            return Errno.text(Errno.EACCES);
        }
        return e instanceof FileSystemException other && other.getReason() != null ? other.getReason() : e.getMessage();
    }

    /** Whether another process has it. */
    private static boolean isHeldElsewhere(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        }
    }

    private static Object identity(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    private static void lock(FileChannel channel) throws IOException {
        if (channel.tryLock() == null) {
            throw new IOException(IN_USE);
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
        if (header.getLong(8) != fingerprint) {
            return "was written with other settings of the table";
        }
        return bytesFound == bytesWanted
                ? null
                : "is damaged: it has " + bytesFound + " bytes instead of " + bytesWanted;
    }

    /** Everything reads as zeros; the header comes last. */
    private void writeHeader(long fingerprint, long bytes) throws IOException {
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
        OPEN.remove(identity);
        mapped.releaseLast();
        room.close();
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
