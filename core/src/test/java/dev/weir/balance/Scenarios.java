package dev.weir.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The scenarios that are compared with HAProxy; their names are the keys of the table of its answers. */
final class Scenarios {
    private static final long SEED = 20_260_101;
    private static final int KEYS = 240;
    private static final int[][] WEIGHTS = {{1, 1, 1}, {3, 1, 2, 5}, {100, 50, 7, 256, 1, 13}, {4, 0, 2, 2}};

    private Scenarios() {}

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        addHashing(all);
        addHashKeys(all);
        addBackups(all);
        addRoundRobin(all, BalanceAlgorithms.ROUND_ROBIN);
        addRoundRobin(all, BalanceAlgorithms.STATIC_ROUND_ROBIN);
        addChanges(all);
        return all;
    }

    private static void addHashing(List<Scenario> all) {
        for (boolean consistent : new boolean[] {false, true}) {
            for (boolean avalanche : new boolean[] {false, true}) {
                for (int w = 0; w < WEIGHTS.length; w++) {
                    String suffix = (consistent ? "_ring" : "_map") + (avalanche ? "_avalanche" : "") + "_w" + w;
                    for (HashFunction function : HashFunction.values()) {
                        var settings = hash(BalanceAlgorithms.HASH, new HashType(consistent, function, avalanche));
                        Scenario scenario =
                                new Scenario(function.keyword() + suffix, settings, FakeTarget.withWeights(WEIGHTS[w]));
                        all.add(
                                function == HashFunction.NONE
                                        ? scenario.withNumbers(KEYS, SEED)
                                        : scenario.withKeys(KEYS, SEED));
                    }
                    var settings =
                            hash(BalanceAlgorithms.SOURCE, new HashType(consistent, HashFunction.SDBM, avalanche));
                    all.add(new Scenario("source" + suffix, settings, FakeTarget.withWeights(WEIGHTS[w]))
                            .withAddresses(KEYS, SEED));
                }
            }
        }
    }

    private static BalanceSettings hash(BalanceMethod method, HashType type) {
        return BalanceSettings.of(method).withHashType(type);
    }

    private static void addHashKeys(List<Scenario> all) {
        for (HashKey key : HashKey.values()) {
            FakeTarget[] servers = FakeTarget.withWeights(2, 3, 1, 5, 2);
            for (FakeTarget server : servers) {
                server.hashKey = key;
                server.id = 7 + 13 * server.position * server.position;
            }
            Scenario scenario = new Scenario(
                    "hash_key_" + key.keyword(), hash(BalanceAlgorithms.SOURCE, HashType.CONSISTENT), servers);
            servers[3].address.ipv6(0, 1, 7);
            servers[4].address.ipv6(0, 1, 9);
            all.add(scenario.withAddresses(KEYS, SEED));
        }
    }

    private static void addBackups(List<Scenario> all) {
        for (boolean allBackups : new boolean[] {false, true}) {
            for (boolean consistent : new boolean[] {false, true}) {
                for (boolean activeUp : new boolean[] {false, true}) {
                    FakeTarget[] servers = FakeTarget.withWeights(2, 3, 4, 1);
                    servers[0].isAvailable = activeUp;
                    servers[1].isBackup = true;
                    servers[2].isBackup = true;
                    servers[3].isAvailable = activeUp;
                    var settings = hash(BalanceAlgorithms.SOURCE, consistent ? HashType.CONSISTENT : HashType.MAP_BASED)
                            .withAllBackups(allBackups);
                    String name = "backup" + (allBackups ? "_all" : "") + (consistent ? "_ring" : "_map")
                            + (activeUp ? "_up" : "_down");
                    all.add(new Scenario(name, settings, servers).withAddresses(60, SEED));
                }
            }
        }
    }

    private static void addRoundRobin(List<Scenario> all, BalanceMethod method) {
        int[][] sets = {{1, 1, 1}, {3, 1}, {5, 3, 2, 7}, {256, 1, 1}, {4, 0, 2, 2}, {17, 23, 1, 99, 256, 8, 8, 31}};
        for (int i = 0; i < sets.length; i++) {
            String name = method.keyword().replace('-', '_') + "_w" + i;
            all.add(new Scenario(name, BalanceSettings.of(method), FakeTarget.withWeights(sets[i])).withSessions(300));
        }
    }

    /** Round robin while weights change and servers come and go, at random. */
    private static void addChanges(List<Scenario> all) {
        for (int run = 0; run < 6; run++) {
            Random random = new Random(SEED + run);
            int count = 2 + random.nextInt(5);
            int[] weights = new int[count];
            for (int i = 0; i < count; i++) {
                weights[i] = 1 + random.nextInt(run % 2 == 0 ? 10 : 256);
            }
            Scenario scenario = new Scenario(
                            "roundrobin_changes_" + run,
                            BalanceSettings.of(BalanceAlgorithms.ROUND_ROBIN),
                            FakeTarget.withWeights(weights))
                    .withSessions(300);
            for (int session = 10; session < 300; session += 1 + random.nextInt(12)) {
                scenario.change(session, randomChange(random, count, run % 2 == 0 ? 10 : 256));
            }
            all.add(scenario);
        }
    }

    private static String randomChange(Random random, int servers, int weightMax) {
        String server = "s" + (1 + random.nextInt(servers));
        return switch (random.nextInt(4)) {
            case 0 -> "disable " + server;
            case 1 -> "enable " + server;
            default -> "weight " + server + " " + random.nextInt(weightMax + 1);
        };
    }
}
