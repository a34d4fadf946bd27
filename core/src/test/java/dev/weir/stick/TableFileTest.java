package dev.weir.stick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.clock.Clock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tables that outlive their process. */
class TableFileTest {
    private static final int ENTRIES = 3000;

    @TempDir
    Path folder;

    private Path file;
    private final List<String> notices = new ArrayList<>();

    @BeforeEach
    void name() {
        file = folder.resolve("table");
    }

    private TableSettings settings(int size) {
        return new TableSettings(
                "t",
                KeyType.STRING,
                32,
                size,
                600_000,
                false,
                List.of(
                        new TableSettings.Stored(StoredData.GPC0, 1, 0),
                        new TableSettings.Stored(StoredData.CONN_CUR, 1, 0),
                        new TableSettings.Stored(StoredData.SERVER_KEY, 1, 0)),
                file);
    }

    private StickTable open(int size) throws IOException {
        return StickTable.open(settings(size), Clock.SYSTEM, false, notices::add);
    }

    private static long make(StickTable table, String key) {
        return table.findOrCreate(
                new UnsafeBuffer(key.getBytes(StandardCharsets.US_ASCII)), 0, key.length(), System.nanoTime());
    }

    private static long find(StickTable table, String key) {
        return table.find(
                new UnsafeBuffer(key.getBytes(StandardCharsets.US_ASCII)), 0, key.length(), System.nanoTime());
    }

    private void fill(StickTable table) {
        for (int i = 0; i < ENTRIES; i++) {
            long entry = make(table, "key" + i);
            table.add(entry, StoredData.GPC0, 0, i, 0);
            table.text(entry, StoredData.SERVER_KEY, "server" + i % 7);
        }
    }

    @Test
    void shouldComeBackWithWhatItHeld() throws IOException {
        try (StickTable table = open(10_000)) {
            fill(table);
            table.add(make(table, "key5"), StoredData.CONN_CUR, 0, 1, 0);
        }

        try (StickTable table = open(10_000)) {
            assertThat(notices).isEmpty();
            assertThat(table.used(System.nanoTime())).isEqualTo(ENTRIES);
            for (int i = 0; i < ENTRIES; i++) {
                long entry = find(table, "key" + i);
                assertThat(table.get(entry, StoredData.GPC0, 0, 0)).isEqualTo(i);
                assertThat(table.text(entry, StoredData.SERVER_KEY)).isEqualTo("server" + i % 7);
                assertThat(table.references(entry)).isEqualTo(1);
            }
            assertThat(table.get(find(table, "key5"), StoredData.CONN_CUR, 0, 0))
                    .as("sessions of the process before are gone")
                    .isZero();
        }
    }

    @Test
    void shouldGoOnWorkingAfterItCameBack() throws IOException {
        try (StickTable table = open(ENTRIES)) {
            fill(table);
        }

        try (StickTable table = open(ENTRIES)) {
            for (int i = 0; i < ENTRIES; i++) {
                long entry = make(table, "other" + i);
                assertThat(entry).isNotEqualTo(StickTable.NONE);
                table.release(entry);
            }
            assertThat(table.used(System.nanoTime())).isEqualTo(ENTRIES);
        }
    }

    @Test
    void shouldStartAfreshAndSaySoWhenTheLayoutChanged() throws IOException {
        try (StickTable table = open(10_000)) {
            fill(table);
        }

        try (StickTable table = open(20_000)) {
            assertThat(table.used(System.nanoTime())).isZero();
        }
        assertThat(notices).singleElement().asString().contains("other settings");
    }

    @Test
    void shouldStartAfreshAndSaySoWhenTheFileIsNoTable() throws IOException {
        Files.writeString(file, "not a table at all".repeat(1000));

        try (StickTable table = open(1000)) {
            assertThat(table.used(System.nanoTime())).isZero();
            assertThat(make(table, "a")).isNotEqualTo(StickTable.NONE);
        }
        assertThat(notices).singleElement().asString().contains("damaged");
    }

    @Test
    void shouldStartAfreshAndSaySoWhenTheFileIsCutShort() throws IOException {
        try (StickTable table = open(10_000)) {
            fill(table);
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(bytes.length() - 4096);
        }

        try (StickTable table = open(10_000)) {
            assertThat(table.used(System.nanoTime())).isZero();
            assertThat(make(table, "a")).isNotEqualTo(StickTable.NONE);
        }
        assertThat(notices).singleElement().asString().contains("damaged: it has");
    }

    /** Or a full disk would be noticed in the middle of a session, by a fault of the processor. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldHaveItsRoomOnTheDiskFromTheStart() throws Exception {
        try (StickTable table = open(10_000)) {
            assertThat(make(table, "a")).isNotEqualTo(StickTable.NONE);
            assertThat(bytesOnDisk()).isGreaterThanOrEqualTo(Files.size(file));
        }
        byte[] content = Files.readAllBytes(file);
        Files.delete(file);
        try (RandomAccessFile copy = new RandomAccessFile(file.toFile(), "rw")) {
            copy.write(content, 0, 4096);
            copy.setLength(content.length); // holes, as a backup may bring them back
        }

        try (StickTable table = open(10_000)) {
            assertThat(notices).isEmpty();
            assertThat(table.used(System.nanoTime())).isZero();
            assertThat(bytesOnDisk()).isGreaterThanOrEqualTo(content.length);
        }
    }

    private long bytesOnDisk() throws Exception {
        Process stat = new ProcessBuilder("stat", "--format=%b %B", file.toString()).start();
        String[] figures = new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                .trim()
                .split(" ");
        return Long.parseLong(figures[0]) * Long.parseLong(figures[1]);
    }

    @Test
    void shouldSayWhichFileCannotBeHadAndWhy() throws IOException {
        file = folder;
        assertThatThrownBy(() -> open(1000)).hasMessage("'" + folder + "': is no regular file");
        file = folder.resolve("nowhere/table");
        assertThatThrownBy(() -> open(1000)).hasMessage("'" + file + "': No such file or directory");
        file = Path.of("/dev/null");
        assertThatThrownBy(() -> open(1000)).hasMessage("'/dev/null': is no regular file");
    }

    @Test
    void shouldRefuseAFileThatIsInUse() throws Exception {
        try (StickTable table = open(1000)) {
            assertThatThrownBy(() -> open(1000)).isInstanceOf(IOException.class).hasMessageContaining("in use");
            assertThatThrownBy(() -> StickTable.open(settings(1000), Clock.SYSTEM, true, notices::add))
                    .as("a successor of another process")
                    .hasMessageContaining("in use");
            assertThat(make(table, "a")).isNotEqualTo(StickTable.NONE);
            assertThat(mayBeLockedByAnother()).isFalse();
        }
        assertThat(mayBeLockedByAnother()).isTrue();
    }

    /** Locks of a process end with the first of its descriptors that is closed; another process is needed to see it. */
    private boolean mayBeLockedByAnother() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path program = Files.writeString(folder.resolve("Locks.java"), """
                void main(String[] names) throws Exception {
                    try (var channel = java.nio.channels.FileChannel.open(
                            java.nio.file.Path.of(names[0]), java.nio.file.StandardOpenOption.WRITE)) {
                        System.exit(channel.tryLock() == null ? 1 : 0);
                    }
                }
                """);
        return new ProcessBuilder(java.toString(), program.toString(), file.toString())
                        .inheritIO()
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldKeepTheFileIfANewOneHasNoRoom() throws IOException {
        StickTables tables = new StickTables(Clock.SYSTEM);
        tables.apply(List.of(settings(10_000)), false, notices::add);
        try (StickTable before = tables.table("t")) {
            fill(before);
            TableSettings larger = new TableSettings(
                    "t", KeyType.STRING, 1_000_000, Integer.MAX_VALUE, 600_000, false, List.of(), file);

            assertThatThrownBy(() -> tables.apply(List.of(larger), false, notices::add))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no room");
            assertThat(tables.table("t")).isSameAs(before);
        }

        try (StickTable table = open(10_000)) {
            assertThat(notices).isEmpty();
            assertThat(table.used(System.nanoTime())).isEqualTo(ENTRIES);
        }
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    /** Whatever happens to the bytes of entries: what comes back is what was written. */
    @Test
    void shouldNeverReturnAnEntryThatWasTorn() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            try (StickTable table = open(10_000)) {
                fill(table);
            }
            damage(random);

            notices.clear();
            try (StickTable table = open(10_000)) {
                checkAll(table);
            }
            Files.delete(file);
        }
    }

    /** The place of a lost text will be another text's. */
    @Test
    void shouldForgetServersWhoseNamesAreDamaged() throws IOException {
        try (StickTable table = open(10_000)) {
            fill(table);
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(4096 + 4 + 6); // the first letter of the first text
            bytes.write('S');
        }

        try (StickTable table = open(10_000)) {
            assertThat(notices).singleElement().asString().contains("forget their server");
            table.text(make(table, "another"), StoredData.SERVER_KEY, "another");
            for (int i = 0; i < ENTRIES; i++) {
                long entry = find(table, "key" + i);
                assertThat(table.get(entry, StoredData.GPC0, 0, 0)).isEqualTo(i);
                assertThat(table.text(entry, StoredData.SERVER_KEY)).isNull();
            }
        }
    }

    private void damage(Random random) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long first = 4096 + KeyDictionary.BYTES;
            for (int i = 0; i < 200; i++) {
                bytes.seek(first + (long) (random.nextDouble() * (bytes.length() - first)));
                bytes.write(random.nextInt(256));
            }
        }
    }

    private static void checkAll(StickTable table) {
        UnsafeBuffer key = new UnsafeBuffer(new byte[32]);
        int[] count = {0};
        table.forEach(System.nanoTime(), entry -> {
            String text = key.getStringWithoutLengthAscii(0, table.key(entry, key));
            assertThat(text).startsWith("key");
            assertThat(table.get(entry, StoredData.GPC0, 0, 0)).isEqualTo(Integer.parseInt(text.substring(3)));
            count[0]++;
        });
        assertThat(count[0]).isBetween(ENTRIES - 200, ENTRIES);
    }
}
