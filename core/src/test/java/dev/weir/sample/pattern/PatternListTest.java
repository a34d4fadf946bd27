package dev.weir.sample.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.sample.Allocation;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatternListTest {
    @TempDir
    Path folder;

    private final Sample sample = new Scratch(1).take();

    private PatternList map(String content) throws IOException, ParseProblem {
        Files.writeString(folder.resolve("list"), content);
        return new PatternLists().list("list", true, folder);
    }

    private String value(Matcher matcher, String key) {
        sample.string(key.getBytes(StandardCharsets.UTF_8));
        PatternEntry entry = matcher.match(sample);
        return entry == null ? null : entry.value();
    }

    @Test
    void shouldFollowChanges() throws Exception {
        PatternList list = map("a 1\nb 2\n");
        Matcher exact = list.matcher(MatchMethod.STR, false);
        Matcher prefix = list.matcher(MatchMethod.BEG, false);
        Matcher regex = list.matcher(MatchMethod.REG, false);

        list.add(PatternList.CURRENT, "abc", "3");
        assertThat(value(exact, "abc")).isEqualTo("3");
        assertThat(value(prefix, "abcd")).isEqualTo("3");
        assertThat(value(prefix, "abx")).isEqualTo("1");
        assertThat(value(regex, "xabcx")).isEqualTo("1");

        assertThat(list.set("a", "9")).isTrue();
        assertThat(list.set("nope", "9")).isFalse();
        assertThat(value(exact, "a")).isEqualTo("9");

        assertThat(list.remove("a")).isTrue();
        assertThat(list.remove("a")).isFalse();
        assertThat(value(exact, "a")).isNull();
        assertThat(value(regex, "xabcx")).isEqualTo("2");

        list.clear(PatternList.CURRENT);
        assertThat(value(exact, "b")).isNull();
        assertThat(list.entries(PatternList.CURRENT)).isEmpty();
    }

    @Test
    void shouldKeepDuplicatesInOrder() throws Exception {
        PatternList list = map("a 1\na 2\n");
        Matcher exact = list.matcher(MatchMethod.STR, false);
        assertThat(value(exact, "a")).isEqualTo("1");

        long first = list.entries(PatternList.CURRENT).get(0).reference();
        assertThat(list.remove(first)).isTrue();

        assertThat(value(exact, "a")).isEqualTo("2");
        assertThat(list.set(first, "x")).isFalse();
        assertThat(list.set(list.entries(PatternList.CURRENT).get(0).reference(), "5"))
                .isTrue();
        assertThat(value(exact, "a")).isEqualTo("5");
    }

    @Test
    void shouldPutAVersionInForceAtOnce() throws Exception {
        PatternList list = map("a 1\n");
        Matcher exact = list.matcher(MatchMethod.STR, false);
        int givenUp = list.prepare();
        int version = list.prepare();
        list.add(version, "b", "2");

        assertThat(value(exact, "a")).isEqualTo("1");
        assertThat(value(exact, "b")).isNull();
        assertThat(list.entries(version)).extracting(PatternEntry::text).containsExactly("b");

        list.commit(version);

        assertThat(value(exact, "a")).isNull();
        assertThat(value(exact, "b")).isEqualTo("2");
        assertThat(list.currentVersion()).isEqualTo(version);
        list.add(version, "c", "3");
        assertThat(value(exact, "c")).isEqualTo("3");
        assertThatThrownBy(() -> list.add(givenUp, "d", "4")).hasMessage("Version number out of range");
        assertThatThrownBy(() -> list.commit(version)).hasMessage("Version number out of range");
        assertThatThrownBy(() -> list.add(version + 1, "d", "4")).hasMessageContaining("in the future");
    }

    @Test
    void shouldRefuseWhatItsUsersCannotRead() throws Exception {
        PatternList list = map("a 1\n");
        list.want(MapValue.INT);
        Matcher exact = list.matcher(MatchMethod.STR, false);
        list.matcher(MatchMethod.REG, false);

        assertThatThrownBy(() -> list.add(PatternList.CURRENT, "b", "two")).hasMessageContaining("not a number");
        assertThatThrownBy(() -> list.add(PatternList.CURRENT, "(", "2")).hasMessageContaining("regex");

        assertThat(list.entries(PatternList.CURRENT)).hasSize(1);
        assertThat(value(exact, "(")).isNull();
    }

    @Test
    void shouldBeOneKindOfListOnly() throws Exception {
        Files.writeString(folder.resolve("list"), "a 1\n");
        PatternLists lists = new PatternLists();
        PatternList list = lists.list("list", true, folder);

        assertThat(lists.list("file@list", true, folder)).isSameAs(list);
        assertThat(lists.find("list")).isSameAs(list);
        assertThat(lists.find("#0")).isSameAs(list);
        assertThat(lists.find("#7")).isNull();
        assertThatThrownBy(() -> lists.list("list", false, folder))
                .hasMessageContaining("already used as two column file");
    }

    /** Random changes, and after each the answers of a list that is searched from its start. */
    @Test
    void shouldAnswerAsASearchFromTheStart() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        PatternList list = new PatternLists().list("virt@random", true, folder);
        Matcher exact = list.matcher(MatchMethod.STR, false);
        Matcher caseless = list.matcher(MatchMethod.STR, true);
        Matcher prefix = list.matcher(MatchMethod.BEG, false);
        List<String[]> model = new ArrayList<>();
        for (int round = 0; round < 3000; round++) {
            change(list, model, random);
            String key = key(random);
            assertThat(value(exact, key)).as("seed %d, round %d", seed, round).isEqualTo(first(model, key, false));
            assertThat(value(caseless, key))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(first(model, key, true));
            assertThat(value(prefix, key + "~"))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(longest(model, key));
        }
    }

    private static String key(Random random) {
        StringBuilder key = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            key.append("abAB".charAt(random.nextInt(4)));
        }
        return key.toString();
    }

    private static void change(PatternList list, List<String[]> model, Random random) throws ParseProblem {
        String key = key(random);
        String value = Integer.toString(random.nextInt(1000));
        switch (random.nextInt(5)) {
            case 0, 1 -> {
                list.add(PatternList.CURRENT, key, value);
                model.add(new String[] {key, value});
            }
            case 2 -> {
                list.set(key, value);
                model.stream().filter(pair -> pair[0].equals(key)).forEach(pair -> pair[1] = value);
            }
            default -> {
                list.remove(key);
                model.removeIf(pair -> pair[0].equals(key));
            }
        }
    }

    private static String first(List<String[]> model, String key, boolean ignoresCase) {
        for (String[] pair : model) {
            boolean isSame = ignoresCase
                    ? pair[0].toLowerCase(Locale.ROOT).equals(key.toLowerCase(Locale.ROOT))
                    : pair[0].equals(key);
            if (isSame) {
                return pair[1];
            }
        }
        return null;
    }

    private static String longest(List<String[]> model, String key) {
        for (int length = key.length(); length > 0; length--) {
            String value = first(model, key.substring(0, length), false);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    @Test
    void shouldAnswerWhileOthersChangeIt() throws Exception {
        PatternList list = map("stays 1\n");
        Matcher exact = list.matcher(MatchMethod.STR, false);
        AtomicBoolean isOver = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 20_000; i++) {
                try {
                    list.add(PatternList.CURRENT, "k" + i % 500, "v");
                    list.remove("k" + i * 7 % 500);
                    list.set("stays", Integer.toString(i));
                } catch (ParseProblem problem) {
                    throw new AssertionError(problem);
                }
            }
            isOver.set(true);
        });
        long looks = 0;
        while (!isOver.get()) {
            assertThat(value(exact, "stays")).isNotNull();
            looks++;
        }
        writer.join();
        assertThat(looks).isPositive();
        assertThat(value(exact, "stays")).isEqualTo("19999");
    }

    @Test
    void shouldMatchWithoutAllocating() throws Exception {
        PatternList list = map("/img/ a\n/api/ b\nwww.example.com c\n");
        Matcher exact = list.matcher(MatchMethod.STR, true);
        Matcher prefix = list.matcher(MatchMethod.BEG, false);
        byte[] host = "WWW.example.com".getBytes(StandardCharsets.UTF_8);
        byte[] path = "/api/x/y".getBytes(StandardCharsets.UTF_8);

        Allocation.assertAllocatesNothing(10_000, () -> {
            sample.string(host);
            exact.match(sample);
            sample.string(path);
            prefix.match(sample);
        });
    }

    @Test
    void shouldKeepTheAddressOfANameWhoseValueChanges() throws Exception {
        PatternUser user = new PatternUser(true, "edge.cfg", 1, folder);
        Files.writeString(folder.resolve("hosts"), "localhost/8 1\n");
        PatternLists lists = new PatternLists();
        Matcher byAddress = lists.map("hosts", MatchMethod.IP, MapValue.STR, user);
        lists.map("hosts", MatchMethod.STR, MapValue.INT, user);

        lists.find("hosts").set("localhost/8", "2");

        sample.ipv4(0x7F090909);
        assertThat(byAddress.match(sample).value()).isEqualTo("2");
        assertThatThrownBy(() -> lists.find("hosts").add(PatternList.CURRENT, "localhost", "3"))
                .hasMessage("'localhost' is not a valid IPv4 or IPv6 address");
    }
}
