package dev.weir.bridge.transport.uring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotTableTest {
    private static Random seeded() {
        long seed = Long.getLong("weir.test.seed", System.nanoTime());
        System.out.println("slot table: -Dweir.test.seed=" + seed);
        return new Random(seed);
    }

    @Test
    void shouldFindEveryHolderAndNoneOfAnEarlierGeneration() {
        Random random = seeded();
        SlotTable<String> table = new SlotTable<>(200);
        Map<Long, String> living = new HashMap<>();
        List<Long> dead = new ArrayList<>();

        for (int step = 0; step < 20_000; step++) {
            if (random.nextBoolean()) {
                String holder = "holder " + step;
                int slot = table.take(holder);
                assertThat(slot < 0).isEqualTo(living.size() == 200);
                if (slot >= 0) {
                    assertThat(living.put(key(slot, table.generation(slot)), holder))
                            .isNull();
                }
            } else if (!living.isEmpty()) {
                long key = living.keySet().iterator().next();
                living.remove(key);
                dead.add(key);
                table.release((int) key);
            }
        }

        living.forEach((key, holder) ->
                assertThat(table.holder((int) (long) key, (int) (key >> 32))).isEqualTo(holder));
        dead.forEach(key ->
                assertThat(table.holder((int) (long) key, (int) (key >> 32))).isNull());
        assertThat(table.taken()).isEqualTo(living.size());
        List<String> seen = new ArrayList<>();
        table.forEach(seen::add);
        assertThat(seen).containsExactlyInAnyOrderElementsOf(living.values());
    }

    private static long key(int slot, int generation) {
        return (long) generation << 32 | slot;
    }

    @Test
    void shouldTakeAHolderThatHadToKnowItsNumberFirst() {
        SlotTable<String> table = new SlotTable<>(1);
        int slot = table.take(null);

        table.hold(slot, "late");

        assertThat(table.holder(slot, table.generation(slot))).isEqualTo("late");
        assertThat(table.take("no room")).isEqualTo(-1);
    }

    @Test
    void shouldCarryOperationSlotAndGenerationInUserData() {
        Random random = seeded();
        for (int i = 0; i < 10_000; i++) {
            int operation = 1 + random.nextInt(UserData.NOBODY);
            int slot = random.nextInt(4) == 0 ? UserData.SLOTS_MAX - 1 : random.nextInt(UserData.SLOTS_MAX);
            int generation = random.nextInt();

            long userData = UserData.of(operation, slot, generation);

            assertThat(UserData.operation(userData)).isEqualTo(operation);
            assertThat(UserData.slot(userData)).isEqualTo(slot);
            assertThat(UserData.generation(userData)).isEqualTo(generation);
        }
    }
}
