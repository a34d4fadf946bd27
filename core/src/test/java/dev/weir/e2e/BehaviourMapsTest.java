package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.DisplayName;

/** Maps and ACLs that an operator changes while traffic flows. */
@DisplayName("maps and ACLs at run time")
final class BehaviourMapsTest {
    private static final String CONFIGURATION = """
            global
                nbthread 2
                stats socket @folder@/api mode 600 level admin
                stats socket @folder@/user mode 600 level user
            defaults base
                mode http
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            frontend fe
                bind 127.0.0.1:@fe@
                acl known path_beg -u 70 /one /two
                http-request deny if { req.hdr(x-from) -m ip -f @folder@/banned }
                http-request deny if { req.hdr(x-word) -i -f @folder@/words }
                http-request return status 200 content-type text/plain lf-string "known" if known
                http-request return status 200 content-type text/plain lf-string "%[req.hdr(host),map(@folder@/hosts,none)] %[req.hdr(n),map_str_int(@folder@/numbers,7)]"
            """;

    private static BehaviourScene scene(BehaviourEngine engine) throws Exception {
        var scene = new BehaviourScene(engine);
        Files.writeString(scene.folder().resolve("hosts"), "a.example alpha\nb.example beta\n");
        Files.writeString(scene.folder().resolve("numbers"), "1 10\n");
        Files.writeString(scene.folder().resolve("banned"), "10.0.0.0/8\n192.168.1.1\n");
        Files.writeString(scene.folder().resolve("words"), "Bad\n");
        return scene.startWhole(CONFIGURATION);
    }

    /** What the rules say to a request of several connections, so that all loops are asked. */
    private static String page(BehaviourScene scene, String fields) throws Exception {
        String first = null;
        for (int i = 0; i < 8; i++) {
            var client = scene.client("fe").send("GET / HTTP/1.0\r\n" + fields + "\r\n");
            String answer = client.rest();
            client.close();
            String text = answer.startsWith("HTTP/1.1 200")
                    ? answer.substring(answer.indexOf("\r\n\r\n") + 4).replace("<FIN>", "")
                    : answer.substring(9, 12);
            assertThat(first == null ? text : first).isEqualTo(text);
            first = text;
        }
        return first;
    }

    /** Entries without the numbers in front of them, which are each process's own. */
    private static List<String> entries(BehaviourScene scene, String list) throws Exception {
        return scene.ask(
                        "api", "show " + list.replace("@folder@", scene.folder().toString()))
                .lines()
                .filter(line -> !line.isEmpty())
                .map(line -> line.replaceFirst("^0x[0-9a-f]+ ", ""))
                .toList();
    }

    private static String ask(BehaviourScene scene, String line) throws Exception {
        return scene.ask("api", line.replace("@", scene.folder() + "/"));
    }

    @OnEveryEngine
    void shouldShowAnAclUnderTheNumberThatItAskedFor(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            assertThat(entries(scene, "acl #70")).containsExactly("/one", "/two");
            assertThat(ask(scene, "show acl").lines().filter(line -> line.startsWith("70 ")))
                    .hasSize(1);
        }
    }

    @OnEveryEngine
    void shouldChangeAMapUnderTheRulesThatUseIt(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            assertThat(page(scene, "host: a.example\r\n")).isEqualTo("alpha ");

            assertThat(ask(scene, "set map @hosts a.example changed")).isEqualTo("\n");
            assertThat(page(scene, "host: a.example\r\n")).isEqualTo("changed ");

            assertThat(ask(scene, "add map @hosts c.example gamma")).isEqualTo("\n");
            assertThat(ask(scene, "add map @numbers 3 30")).isEqualTo("\n");
            assertThat(page(scene, "host: c.example\r\nn: 3\r\n")).isEqualTo("gamma 30");

            assertThat(ask(scene, "del map @hosts c.example")).isEqualTo("\n");
            assertThat(page(scene, "host: c.example\r\n")).isEqualTo("none ");

            assertThat(ask(scene, "clear map @hosts")).isEqualTo("\n");
            assertThat(page(scene, "host: a.example\r\n")).isEqualTo("none ");
        }
    }

    @OnEveryEngine
    void shouldBanAnAddressAndLetItIn(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            String fields = "host: a.example\r\nx-from: 203.0.113.9\r\n";
            assertThat(page(scene, fields)).isEqualTo("alpha ");

            assertThat(ask(scene, "add acl @banned 203.0.113.0/24")).isEqualTo("\n");
            assertThat(page(scene, fields)).isEqualTo("403");
            assertThat(ask(scene, "get acl @banned 203.0.113.9"))
                    .isEqualTo("type=ip, case=sensitive, match=yes, idx=tree, pattern=\"203.0.113.0/24\"\n\n");

            assertThat(ask(scene, "del acl @banned 203.0.113.0/24")).isEqualTo("\n");
            assertThat(page(scene, fields)).isEqualTo("alpha ");
            assertThat(ask(scene, "get acl @banned 203.0.113.9")).isEqualTo("type=ip, case=sensitive, match=no\n\n");
            assertThat(ask(scene, "get acl @words bAD"))
                    .isEqualTo("type=str, case=insensitive, match=yes, idx=list, pattern=\"Bad\"\n\n");
        }
    }

    @OnEveryEngine
    void shouldReplaceAMapInOneStep(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            assertThat(ask(scene, "prepare map @hosts")).isEqualTo("New version created: 1\n\n");
            assertThat(scene.ask(
                            "api", "add map @1 " + scene.folder() + "/hosts <<\na.example one\nz.example two words\n"))
                    .isEqualTo("\n");
            assertThat(page(scene, "host: z.example\r\n")).isEqualTo("none ");
            assertThat(entries(scene, "map @1 @folder@/hosts")).containsExactly("a.example one", "z.example two words");
            assertThat(entries(scene, "map @folder@/hosts")).containsExactly("a.example alpha", "b.example beta");
            assertThat(ask(scene, "show map"))
                    .contains("/hosts' used by map at file '", "curr_ver=0 next_ver=1 entry_cnt=4");

            assertThat(scene.ask("api", "commit map @1 " + scene.folder() + "/hosts"))
                    .isEqualTo("\n");
            assertThat(page(scene, "host: z.example\r\n")).isEqualTo("two words ");
            assertThat(page(scene, "host: b.example\r\n")).isEqualTo("none ");
            assertThat(ask(scene, "show map")).contains("curr_ver=1 next_ver=1 entry_cnt=2");
            assertThat(scene.ask("api", "commit map @1 " + scene.folder() + "/hosts"))
                    .isEqualTo("Version number out of range.\n\n");
            assertThat(scene.ask("api", "add map @9 " + scene.folder() + "/hosts a b"))
                    .isEqualTo("Version number in the future, please use 'prepare map' before.\n\n");
            assertThat(entries(scene, "map @7 @folder@/hosts")).isEmpty();
        }
    }

    @OnEveryEngine
    void shouldTakePayloads(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            assertThat(ask(scene, "add map @hosts <<\nk1 v1\nk2 v2 v3\n")).isEqualTo("\n");
            assertThat(ask(scene, "add map @hosts <<end\nk4 v4\nend")).isEqualTo("\n");
            assertThat(ask(scene, "add map @hosts <<\nk5 v5\nk6\n")).isEqualTo("Missing value for key 'k6'.\n\n");

            assertThat(entries(scene, "map @folder@/hosts"))
                    .containsExactly("a.example alpha", "b.example beta", "k1 v1", "k2 v2 v3", "k4 v4", "k5 v5");

            assertThat(ask(scene, "add map @hosts <<\nk7 v7 \nk8 \n")).isEqualTo("\n");
            assertThat(ask(scene, "show map @hosts"))
                    .as("blanks behind a value, and a value of none")
                    .contains(" k7 v7 \n")
                    .contains(" k8 \n");
        }
    }

    @OnEveryEngine
    void shouldFindEntriesByWhatTheListSaysOfThem(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            String reference = ask(scene, "show map @hosts").split(" ", 2)[0];

            assertThat(ask(scene, "set map @hosts #" + reference + " other")).isEqualTo("\n");
            assertThat(ask(scene, "get map @hosts a.example"))
                    .isEqualTo("type=str, case=sensitive, found=yes, idx=tree, key=\"a.example\", value=\"other\","
                            + " type=\"str\"\n\n");
            assertThat(ask(scene, "get map @numbers 1"))
                    .isEqualTo("type=str, case=sensitive, found=yes, idx=tree, key=\"1\", value=\"10\","
                            + " type=\"sint\"\n\n");
            assertThat(ask(scene, "del map @hosts #" + reference)).isEqualTo("\n");
            assertThat(entries(scene, "map @folder@/hosts")).containsExactly("b.example beta");
        }
    }

    @OnEveryEngine
    void shouldListPatternsOfTheConfigurationItself(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            String row = ask(scene, "show acl")
                    .lines()
                    .filter(line -> line.contains("path_beg"))
                    .findFirst()
                    .orElseThrow();
            assertThat(row)
                    .matches("[0-9]+ \\(\\) acl 'path_beg' file '.*' line 12\\. curr_ver=0 next_ver=0 entry_cnt=2");
            String id = "#" + row.split(" ")[0];

            assertThat(ask(scene, "get acl " + id + " /two/x"))
                    .isEqualTo("type=beg, case=sensitive, match=yes, idx=tree, pattern=\"/two\"\n\n");
            assertThat(ask(scene, "add acl " + id + " /")).isEqualTo("\n");
            assertThat(page(scene, "host: a.example\r\n")).isEqualTo("known");
            assertThat(entries(scene, "acl " + id)).containsExactly("/one", "/two", "/");
        }
    }

    @OnEveryEngine
    void shouldHelp(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            String help = ask(scene, "help map");
            assertThat(help).startsWith("The following commands are valid at this level:\n");
            for (String row : List.of(
                    "  add map [@<ver>] <map> <key> <val>      : add a map entry (payload supported instead of key/val)\n",
                    "  del map <map> [<key>|#<ref>]            : delete map entries matching <key>\n",
                    "  show map [@<ver>] [map]                 : report available maps or dump a map's contents\n")) {
                assertThat(help).contains(row);
            }
            assertThat(ask(scene, "help show ma"))
                    .contains("  show map [@<ver>] [map]  ")
                    .doesNotContain("add map", "show stat");
        }
    }

    @OnEveryEngine
    void shouldAnswerMistakesInTheSameWords(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            assertThat(ask(scene, "show map #99")).isEqualTo("Unknown map identifier. Please use #<id> or <file>.\n\n");
            assertThat(ask(scene, "show map @banned"))
                    .isEqualTo("Unknown map identifier. Please use #<id> or <file>.\n\n");
            assertThat(ask(scene, "clear acl nope"))
                    .isEqualTo("Unknown ACL identifier. Please use #<id> or <file>.\n\n");
            assertThat(ask(scene, "add map @hosts k"))
                    .isEqualTo("'add map' expects three parameters (map identifier, key and value) or one parameter"
                            + " (map identifier) and a payload\n\n");
            assertThat(ask(scene, "add acl @banned"))
                    .isEqualTo("'add acl' expects two parameters: ACL identifier and pattern.\n\n");
            assertThat(ask(scene, "get map")).isEqualTo("Missing map identifier and/or key.\n\n");
            assertThat(ask(scene, "get acl x")).isEqualTo("Missing ACL identifier and/or key.\n\n");
            assertThat(ask(scene, "set map @hosts k"))
                    .isEqualTo("'set map' expects three parameters: map identifier, key and value.\n\n");
            assertThat(ask(scene, "set map @hosts nope v")).isEqualTo("entry not found.\n\n");
            assertThat(ask(scene, "set map @hosts #0x1234567 v")).isEqualTo("key or pattern not found.\n\n");
            assertThat(ask(scene, "del map @hosts nope")).isEqualTo("Key not found.\n\n");
            assertThat(ask(scene, "del map @hosts #0xzz"))
                    .isEqualTo("Malformed identifier. Please use #<id> or <file>.\n\n");
            assertThat(ask(scene, "del map"))
                    .isEqualTo("This command expects two parameters: map identifier and key.\n\n");
            assertThat(ask(scene, "clear map")).isEqualTo("Missing map identifier.\n\n");
            assertThat(ask(scene, "commit map")).isEqualTo("Missing version number.\n\n");
            assertThat(ask(scene, "add acl @banned nonsense"))
                    .isEqualTo("'nonsense' is not a valid IPv4 or IPv6 address.\n\n");
            assertThat(ask(scene, "add map @numbers 4 four")).contains("'four'");
            assertThat(scene.ask("user", "clear acl " + scene.folder() + "/banned"))
                    .isEqualTo(engine.isWeir() ? "Permission denied\n\n" : "\n"); // anybody may, in HAProxy
            assertThat(scene.ask("user", "show map #99"))
                    .isEqualTo("Unknown map identifier. Please use #<id> or <file>.\n\n");
        }
    }
}
