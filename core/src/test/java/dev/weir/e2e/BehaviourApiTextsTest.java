package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DisplayName;

/** The runtime API's words, one line after the other: what it says to each command, right and wrong. */
@DisplayName("runtime API: texts")
final class BehaviourApiTextsTest {
    private static final String CONFIGURATION = """
            global
                nbthread 1
                stats socket @folder@/api mode 600 level admin
                stats socket @folder@/user mode 600 level user
            defaults
                mode tcp
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            frontend fe
                bind 127.0.0.1:@fe@
                stick-table type ip size 100 store conn_cnt,gpc0
                default_backend be
            backend be
                server s1 127.0.0.1:@s1@
                server s2 127.0.0.1:@s1@ weight 10
                server s3 10.1.2.3:9 backup
                server s4 [2001:db8::1234:5678]:9 backup
            backend ring
                balance source
                hash-type consistent
                server r1 127.0.0.1:@s1@
            backend names
                stick-table type string len 20 size 10 store gpt0,gpc(2),gpc_rate(2,1h)
            backend addresses
                stick-table type ipv6 size 10 store gpt0,server_id
            """;

    private static final String TABLES = """
            show table                              => # table: addresses, type: ipv6, size:10, used:0\\n# table: names, type: string, size:10, used:0\\n# table: fe, type: ip, size:100, used:0\\n
            show table nope                         => No such table\\n
            show table be                           => No such table\\n
            show table fe nonsense                  => Optional argument only supports "data.<store_data_type>" <operator> <value> or key <key> or ptr <ptr>\\n
            show table fe key                       => Key value expected\\n
            show table fe key 1.2.3.4               =>
            show table fe ptr                       => Pointer expected (0xffff notation)\\n
            show table fe ptr nonsense              => Pointer expected (0xffff notation)\\n
            show table fe ptr 0x1234                => No entry can be found matching ptr.\\n
            show table fe data.gpc0                 => Filter entry #1: Require and operator among "eq", "ne", "le", "ge", "lt", "gt"\\n
            show table fe data.gpc0 about 1         => Filter entry #1: Require and operator among "eq", "ne", "le", "ge", "lt", "gt"\\n
            show table fe data.gpc0 gt              => Filter entry #1: Require a valid integer value to compare against\\n
            show table fe data.gpc0 gt x            => Filter entry #1: Require a valid integer value to compare against\\n
            show table fe data.nope gt 1            => Filter entry #1: Unknown data type\\n
            show table fe data.gpt0 gt 1            => Filter entry #1: Data type not stored in this table\\n
            show table fe data.gpc0 gt 1 data.x     => Filter entry #2: Unknown data type\\n
            set table                               => Required arguments: <table> key <key> [data.<store_data_type> <value>]* or <table> ptr <ptr> [data.<store_data_type> <value>]*\\n
            set table nope key 1.1.1.1 data.gpc0 1  => No such table\\n
            set table fe nonsense                   => Required arguments: <table> key <key> [data.<store_data_type> <value>]* or <table> ptr <ptr> [data.<store_data_type> <value>]*\\n
            set table fe data.gpc0 3                => content-based lookup is only supported with the "show" and "clear" actions\\n
            set table fe key                        => Key value expected\\n
            set table fe ptr 0x1234 data.gpc0 3     => No entry can be found matching ptr.\\n
            set table fe key 1.1.1.1 nonsense 3     => "data.<type>" followed by a value expected\\n
            set table fe key 1.1.1.1 data.gpc0      => Require a valid integer value to store\\n
            set table fe key 1.1.1.1 data.gpc0 x    => Require a valid integer value to store\\n
            set table fe key 1.1.1.1 data.nope 1    => Unknown data type\\n
            set table fe key 1.1.1.1 data.gpt0 1    => Data type not stored in this table\\n
            set table fe key 1.1.1.1 data.gpc0 3    =>
            set table names key a data.gpt0 1 data.gpc[0] 2 data.gpc[1] 3 data.gpc_rate[1] 4 =>
            set table names key a data.gpc[9] 4     => index out of range in this data array\\n
            show table names                        => # table: names, type: string, size:10, used:1\\nKEY key=a use=0 exp=0 shard=0 gpt0=1 gpc0=2 gpc1=3 gpc0_rate(3600000)=0 gpc1_rate(3600000)=4\\n
            show table fe key 1.1.1.1               => # table: fe, type: ip, size:100, used:1\\nKEY key=1.1.1.1 use=0 exp=0 shard=0 gpc0=3 conn_cnt=0\\n
            show table fe data.gpc0 gt -1           => # table: fe, type: ip, size:100, used:1\\nKEY key=1.1.1.1 use=0 exp=0 shard=0 gpc0=3 conn_cnt=0\\n
            show table fe data.gpc0 lt -1           => # table: fe, type: ip, size:100, used:1\\n
            set table fe key 1.1.1.1 data.gpc0[0] 4 => Unknown data type\\n
            set table names key a data.gpc[x] 4     => Unknown data type\\n
            set table names key a data.gpc[1 4      => Unknown data type\\n
            show table fe key 1.2.3                 => Invalid key\\n
            show table fe key cafe                  => Invalid key\\n
            show table fe key 2001:db8::1           => Invalid key\\n
            show table fe key ::ffff:1.1.1.1        => # table: fe, type: ip, size:100, used:1\\nKEY key=1.1.1.1 use=0 exp=0 shard=0 gpc0=3 conn_cnt=0\\n
            set table addresses key 1.1.1.1 data.gpt0 5 =>
            set table addresses key ::ffff:1.1.1.1 data.gpt0 7 data.server_id 3 =>
            show table addresses key ::ffff:101:101 => # table: addresses, type: ipv6, size:10, used:1\\nKEY key=::ffff:1.1.1.1 use=0 exp=0 shard=0 server_id=3 gpt0=7\\n
            clear table addresses key ::ffff:1.1.1.1 =>
            clear table                             => Required arguments: <table> "data.<store_data_type>" <operator> <value> or <table> key <key> or <table> ptr <ptr>\\n
            clear table nope                        => No such table\\n
            clear table fe nonsense                 => Required arguments: <table> "data.<store_data_type>" <operator> <value> or <table> key <key> or <table> ptr <ptr>\\n
            clear table fe ptr 0x1234               => No entry can be found matching ptr.\\n
            clear table fe key 1.1.1.1              =>
            """;

    private static final String OF_USERS = """
            show table fe                           => # table: fe, type: ip, size:100, used:0\\n# contents not dumped due to insufficient privileges\\n
            show table fe key 1.1.1.1               => Permission denied\\n
            wait 10ms                               => Permission denied\\n
            set table fe key 1.1.1.1 data.gpc0 3    => Permission denied\\n
            clear table fe                          => Permission denied\\n
            user;operator;show cli level            => \\nPermission denied\\n\\nuser\\n
            show cli level;                         => user\\n\\n
            ;show cli level                         => \\nuser\\n
            show cli level; ;show cli level         => user\\n\\n\\nuser\\n
            set weight be/s1 1                      => Permission denied\\n
            enable server be/s1                     => Permission denied\\n
            """;

    private static final String SERVERS = """
            get weight                              => Require 'backend/server'.\\n
            get weight be                           => Require 'backend/server'.\\n
            get weight be/                          => Require 'backend/server'.\\n
            get weight /s1                          => No such backend.\\n
            get weight nope/s1                      => No such backend.\\n
            get weight be/nope                      => No such server.\\n
            get weight be/#2                        => 10 (initial 10)\\n
            get weight #3/s2                        => 10 (initial 10)\\n
            get weight be/#9                        => No such server.\\n
            show servers state #9                   => Can't find backend.\\n
            show servers conn #5                    => # bkname/svname bkid/svid addr port - purge_delay used_cur used_max need_est unsafe_nb safe_nb idle_lim idle_cur idle_per_thr[1]\\n
            disable frontend #2                     =>
            enable frontend #2                      =>
            disable frontend #3                     => No such frontend.\\n
            set maxconn frontend #2 50              =>
            del server nope/s1                      => No such backend.\\n
            del server be/nope                      => No such server.\\n
            set server be/s1 agent-addr             => set server <b>/<s> agent-addr requires an address and optionally a port.\\n
            set server be/s1 agent-addr 127.0.0.1   => agent checks are not enabled on this server\\n
            wait 0                                  => Invalid duration.\\n
            wait 10ms srv-removable be/s1           => Failed.\\n
            wait 10ms srv-removable be              => Require 'backend/server'.\\n
            set weight ring/r1 7                    =>
            get weight ring/r1                      => 7 (initial 1)\\n
            set maxconn global 9999999              => Value out of range.\\n
            set rate-limit connections global -1    => Value out of range.\\n
            set maxconn global 99999999999          => Value out of range.\\n
            experimental-mode on;set var txn.z int(1) => \\n'set var': cannot set variable 'txn.z', only scope 'proc' is permitted here.\\n
            experimental-mode on;set var proc.z zzzzzzzzzz( => \\nunknown fetch method 'zzzzzzzzzz'\\n
            show sess server                        => Missing server name (<backend>/<server>).\\n
            show sess backend                       => Missing backend name.\\n
            show sess frontend                      => Missing frontend name.\\n
            """;

    private static final String ANONYMITY = """
            show anon                               => Anonymized mode disabled\\n
            set anon on 0                           => Value out of range (1 to 4294967295 expected).\\n
            set anon on 4294967296                  => Value out of range (1 to 4294967295 expected).\\n
            set anon on 42;show anon                => \\nAnonymized mode enabled\\n
            set anon on 42;set anon off;show anon   => \\n\\nAnonymized mode disabled\\n
            show anon                               => Anonymized mode disabled\\n
            set anon global-key 5                   => Permission denied\\n
            """;

    private static final String ERRORS = """
            show errors nope                        => No such proxy.\\n
            show errors 0                           => No such proxy.\\n
            show errors                             => Total events captured on [DATE] : 0\\n
            show errors -1                          => Total events captured on [DATE] : 0\\n
            show errors 99                          => Total events captured on [DATE] : 0\\n
            show errors #2                          => Total events captured on [DATE] : 0\\n
            show errors #9                          => No such proxy.\\n
            show errors fe request                  => Total events captured on [DATE] : 0\\n
            show errors 2 response                  => Total events captured on [DATE] : 0\\n
            """;

    private static void shouldSay(BehaviourEngine engine, String socket, String table) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(CONFIGURATION);
            var answers = new SoftAssertions();
            for (String row : table.lines().toList()) {
                List<String> cells = List.of(row.split(" +=> ?", -1));
                String expected = cells.get(1).replace("\\n", "\n") + "\n";
                answers.assertThat(scene.ask(socket, cells.getFirst())
                                .replaceAll("0x[0-9a-f]+: key", "KEY key")
                                .replaceFirst("on \\[[^]]+] : [0-9]+", "on [DATE] : 0"))
                        .as(cells.getFirst())
                        .isEqualTo(expected);
            }
            answers.assertAll();
        }
    }

    @OnEveryEngine
    void shouldSpeakOfTables(BehaviourEngine engine) throws Exception {
        shouldSay(engine, "api", TABLES);
    }

    @OnEveryEngine
    void shouldSpeakOfServersAndLimits(BehaviourEngine engine) throws Exception {
        shouldSay(engine, "api", SERVERS);
    }

    @OnEveryEngine
    void shouldSpeakOfAnonymity(BehaviourEngine engine) throws Exception {
        shouldSay(engine, "user", ANONYMITY);
    }

    @OnEveryEngine
    void shouldTellTheDescriptionAndTheSockets(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole("""
                    global
                        description "my  box"
                        stats socket 127.0.0.1:@tcp@ level user
                        stats socket :@any@
                    """ + CONFIGURATION.replaceFirst("global\n", ""));

            assertThat(scene.ask("api", "show info")).contains("\ndescription: my  box\n");
            assertThat(scene.ask("api", "show info typed")).contains("\n51.description.1:COS:str:my  box\n");
            assertThat(scene.ask("api", "show cli sockets"))
                    .contains("\nipv4@127.0.0.1:" + scene.port("tcp") + " user all\n")
                    .contains("\nipv4@0.0.0.0:" + scene.port("any") + " operator all\n")
                    .containsPattern("\nunix@/\\S+/api admin all\n");
        }
    }

    @OnEveryEngine
    void shouldSpeakOfErrors(BehaviourEngine engine) throws Exception {
        shouldSay(engine, "api", ERRORS);
    }

    @OnEveryEngine
    void shouldHideNamesWithTheKeyOfTheConfiguration(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(CONFIGURATION.replace("global\n", "global\n    anonkey 4000000000\n"));

            assertThat(scene.ask("api", "set anon on;show anon"))
                    .isEqualTo("\nAnonymized mode enabled\nKey : 4000000000\n\n");
            assertThat(scene.ask("user", "set anon on;show anon")).isEqualTo("\nAnonymized mode enabled\n\n");
            if (engine.isWeir()) { // HAProxy 3.2.26 takes the word before the key for it, and so always sets 0
                assertThat(scene.ask("api", "set anon global-key 42;set anon on;show anon"))
                        .isEqualTo("\n\nAnonymized mode enabled\nKey : 42\n\n");
                assertThat(scene.ask("api", "set anon global-key 4294967296"))
                        .isEqualTo("Value out of range (0 to 4294967295 expected).\n\n");
            }
        }
    }

    @OnEveryEngine
    void shouldHideNamesAndAddresses(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(CONFIGURATION);
            var client = scene.client("fe").send("hello");
            scene.origin("s1").accept().expect("hello");

            assertThat(scene.ask("user", "set anon on 42;show servers state"))
                    .contains("\n3 e22d1d 1 c25482 127.0.0.1 2 0 1 ")
                    .contains("\n3 e22d1d 3 c4d980 IPV4(9e041c) 2 0 1 ")
                    .contains("\n3 e22d1d 4 7d194f IPV6(51c569) 2 0 1 ");
            assertThat(scene.ask("api", "set anon on 42;show anon"))
                    .isEqualTo("\nAnonymized mode enabled\nKey : 42\n\n");
            assertThat(scene.ask("user", "set anon on 42;show servers conn"))
                    .contains("\ne22d1d/c25482 3/1 127.0.0.1 ");
            assertThat(scene.ask("api", "set anon on 42;show sess"))
                    .containsPattern("proto=tcpv4 src=3991ea:[0-9]+ fe=a25ea1 be=e22d1d srv=d50750 ");
            client.close();
        }
    }

    @OnEveryEngine
    void shouldRefuseWhatIsNotForUsers(BehaviourEngine engine) throws Exception {
        shouldSay(engine, "user", OF_USERS);
    }
}
