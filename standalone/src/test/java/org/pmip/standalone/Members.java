// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Three members of a cluster, each in a process of its own on one store, and what is done to them. For one thread. */
final class Members implements AutoCloseable {
    static final int COUNT = 3;
    private static final int START_ATTEMPTS = 4;
    private static final long SETTLE_MILLIS = 120_000;
    private static final long LOOK_MILLIS = 500;

    private final Path folder;
    private final Path configuration;
    private final List<Integer> ports = new ArrayList<>();
    private final MemberProcess[] members = new MemberProcess[COUNT];

    /**
     * Prepares them.
     *
     * @param folder for what they store and log
     * @param configuration of all of them
     */
    Members(Path folder, Path configuration) throws IOException {
        this.folder = folder;
        this.configuration = configuration;
        for (int i = 0; i < COUNT; i++) {
            ports.add(Samples.freeTcp());
        }
    }

    /** Starts all of them, and waits until they have started. */
    void start() throws IOException, InterruptedException {
        for (int i = 0; i < COUNT; i++) {
            launch(i);
        }
        for (int i = 0; i < COUNT; i++) {
            awaitStart(i);
        }
    }

    /** Begins to start a member that is not there. */
    void launch(int member) throws IOException {
        members[member] = MemberProcess.launch(member, ports, folder, configuration, MemberProcess.SMALL);
    }

    /** Atomix 3.1.9 sometimes waits for ever when a member comes back while others still miss it: once more then. */
    void awaitStart(int member) throws IOException, InterruptedException {
        for (int attempt = 1; !members[member].awaitStart(); attempt++) {
            assertThat(attempt).as("member " + member + " does not start").isLessThan(START_ATTEMPTS);
            members[member].close();
            launch(member);
        }
    }

    MemberProcess get(int member) {
        return members[member];
    }

    /** The member that commands a switch and has it as it should be. */
    int owner(String device) throws IOException, InterruptedException {
        return eventually("no member commands " + device, () -> {
            for (int i = 0; i < COUNT; i++) {
                JsonNode state = members[i].ask("state").path("devices").path(device);
                if (state.path("leads").asBoolean() && state.path("ready").asBoolean()) {
                    return i;
                }
            }
            throw new AssertionError("nobody is ready");
        });
    }

    /** Has a member command a switch. */
    void give(String device, int member) throws IOException, InterruptedException {
        members[member].ask("take " + device);
        eventually(device + " is not given to member " + member, () -> {
            assertThat(owner(device)).isEqualTo(member);
            return member;
        });
    }

    /** Says what happens, and when. */
    static void say(String text) {
        System.out.println("cluster: " + LocalTime.now().truncatedTo(ChronoUnit.MILLIS) + " " + text);
    }

    /** A look that may fail for a while, because it asks what is just changing. */
    interface Look<T> {
        T look() throws IOException, InterruptedException;
    }

    /** Looks until what is looked for is so. */
    static <T> T eventually(String what, Look<T> look) throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SETTLE_MILLIS);
        while (true) {
            try {
                return look.look();
            } catch (AssertionError e) {
                if (System.nanoTime() > until) {
                    throw new AssertionError(what + ": " + e.getMessage(), e);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
            }
        }
    }

    /** In what one JSON object differs from what it should be, member by member. */
    static List<String> differences(JsonNode is, JsonNode should) {
        List<String> differences = new ArrayList<>();
        should.fields().forEachRemaining(one -> {
            String found = is.path(one.getKey()).toString();
            if (!found.equals(one.getValue().toString())) {
                differences.add(one.getKey() + " is " + found + " and should be " + one.getValue());
            }
        });
        is.fields().forEachRemaining(one -> {
            if (!should.has(one.getKey())) {
                differences.add(one.getKey() + " is " + one.getValue() + " and should not be");
            }
        });
        return differences;
    }

    @Override
    public void close() throws InterruptedException {
        for (MemberProcess member : members) {
            if (member != null) {
                member.close();
            }
        }
    }
}
