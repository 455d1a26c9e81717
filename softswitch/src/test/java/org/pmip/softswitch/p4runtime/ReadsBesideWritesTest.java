// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.softswitch.p4runtime.Lab.delete;
import static org.pmip.softswitch.p4runtime.Lab.direct;
import static org.pmip.softswitch.p4runtime.Lab.entry;
import static org.pmip.softswitch.p4runtime.Lab.exact;
import static org.pmip.softswitch.p4runtime.Lab.insert;
import static org.pmip.softswitch.p4runtime.Lab.lpm;
import static org.pmip.softswitch.p4runtime.Lab.modify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import p4.v1.P4RuntimeOuterClass.TableEntry;
import p4.v1.P4RuntimeOuterClass.Update;

/**
 * What a read gives while others write: each entry that is in the table all the time, once, however often it is
 * modified and whatever comes and goes beside it (P4Runtime 1.3, section 13: reads and writes may overlap).
 */
class ReadsBesideWritesTest extends LabSwitch {
    private static final int STAY = 200;
    private static final int ROUNDS = 60;
    private static final long SECONDS = 60;

    private static TableEntry.Builder prefix(int number) {
        return entry("prefixes", lpm(1, String.format("02%02x%04x0000", number % 7, number), 32));
    }

    private static TableEntry.Builder host(int number) {
        return entry("recent", exact(1, String.format("04%010x", number)));
    }

    private static Update[] all(int from, int to, Function<Integer, Update> update) {
        return IntStream.range(from, to).boxed().map(update).toArray(Update[]::new);
    }

    /** Modifies all that stay, and has others come and go, so that the tables grow and shrink. */
    private void write() {
        for (int round = 0; round < ROUNDS; round++) {
            String port = round % 2 == 0 ? "03" : "02";
            client.write(all(0, STAY, number -> modify(prefix(number).setAction(direct("forward", port)))));
            int others = STAY + 40 + round % 3 * 200;
            client.write(all(STAY, others, number -> insert(prefix(number).setAction(direct("forward", port)))));
            client.write(all(STAY, others, number -> insert(host(number).setAction(direct("nothing")))));
            client.write(all(STAY, others, number -> delete(prefix(number))));
            client.write(all(STAY, others, number -> delete(host(number))));
        }
    }

    private List<TableEntry> keys(String table) {
        return read(entry(table)).stream().map(one -> one.toBuilder().clearAction().build()).toList();
    }

    @Test
    void whatStaysIsInEveryReadOnce() throws Exception {
        client.write(all(0, STAY, number -> insert(prefix(number).setAction(direct("forward", "02")))));
        client.write(all(0, STAY, number -> insert(host(number).setAction(direct("nothing")))));
        List<List<TableEntry>> keys = new ArrayList<>();
        for (String table : List.of("prefixes", "recent")) {
            keys.add(keys(table));
        }
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(this::write, writer);
            int reads = 0;
            do {
                for (int i = 0; i < keys.size(); i++) {
                    List<TableEntry> seen = keys(i == 0 ? "prefixes" : "recent");
                    Set<TableEntry> different = new HashSet<>(seen);
                    assertThat(seen).as("read " + reads).hasSize(different.size());
                    assertThat(keys.get(i)).as("read " + reads).filteredOn(one -> !different.contains(one)).isEmpty();
                }
                reads++;
            } while (!writing.isDone());
            writing.get(SECONDS, TimeUnit.SECONDS);
        } finally {
            writer.shutdown();
        }
    }
}
