// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pmip.checks.junit.Outcome;

/**
 * The state of every row of the contract, made from test results, never from a list of claims.
 *
 * @param rows the rows in the order of the contract
 * @param warnings results that do not count
 * @param problems what makes the build fail: unknown ids, places that do not exist
 */
public record Coverage(List<Covered> rows, List<String> warnings, List<String> problems) {

    /** The order in which the contract's description lists the roles. */
    private static final List<String> ROLES =
            List.of("LMA", "MAG", "LMA+MAG", "HA", "MPA", "HA+MPA", "DATAPLANE", "CONFIG");

    /** Word for a test that names a row and left no result. */
    private static final String NOT_RUN = "not run";

    /**
     * Gathers results and answers of a checkout.
     *
     * @throws IllegalArgumentException when a file is not of the known form
     */
    public static Coverage of(Path root) throws IOException {
        Contract contract = Contract.read(root.resolve(Contract.FILE));
        List<String> warnings = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Map<String, Answer> answers = Answers.read(root, contract, problems);
        Map<String, Map<String, String>> tests = new TreeMap<>();
        Reactor reactor = Reactor.read(root);
        for (Reactor.Module module : reactor.modules()) {
            if (module.isProduct()) {
                gather(reactor, module, tests, warnings);
            }
        }
        tests.forEach((id, named) -> {
            if (!contract.has(id)) {
                problems.add("no row " + id + " in " + Contract.FILE + ", named by "
                        + String.join(", ", named.keySet()));
            }
        });
        List<Covered> rows = new ArrayList<>();
        for (Row row : contract.rows()) {
            rows.add(cover(row, tests.getOrDefault(row.id(), Map.of()), answers.get(row.id())));
        }
        return new Coverage(rows, warnings, problems);
    }

    private static void gather(Reactor reactor, Reactor.Module module, Map<String, Map<String, String>> tests,
            List<String> warnings) throws IOException {
        ModuleResults own = ModuleResults.read(reactor, module);
        own.warning().ifPresent(warnings::add);
        Map<String, List<String>> reported = new TreeMap<>();
        own.results().forEach((key, outcome) -> {
            int cut = key.indexOf('\t');
            String id = key.substring(0, cut);
            String test = key.substring(cut + 1);
            reported.computeIfAbsent(id, any -> new ArrayList<>()).add(test);
            tests.computeIfAbsent(id, any -> new TreeMap<>()).put(test, outcome.word());
        });
        Path testClasses = reactor.root().resolve(module.path()).resolve("target").resolve("test-classes");
        for (NamedTest named : NamedTests.in(testClasses)) {
            if (reported.getOrDefault(named.id(), List.of()).stream().noneMatch(named::isReportedAs)) {
                tests.computeIfAbsent(named.id(), any -> new TreeMap<>()).put(named.test(), NOT_RUN);
            }
        }
    }

    private static Covered cover(Row row, Map<String, String> tests, Answer answer) {
        if (tests.isEmpty()) {
            return answer == null ? new Covered(row, State.OPEN, List.of(), "")
                    : new Covered(row, State.DECLARATIVE, List.of(answer.place()), answer.why());
        }
        String passed = Outcome.PASSED.word();
        List<String> evidence = tests.entrySet().stream().map(test -> test.getValue().equals(passed)
                ? test.getKey() : test.getKey() + " (" + test.getValue() + ")").toList();
        boolean met = tests.values().stream().allMatch(passed::equals);
        return new Covered(row, met ? State.MET : State.OPEN, evidence, "");
    }

    /** Number of rows in a state. */
    public long count(State state) {
        return rows.stream().filter(row -> row.state() == state).count();
    }

    /** Counts by role; roles without rows are left out. */
    public Map<String, Tally> byRole() {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        ROLES.forEach(role -> tallies.put(role, new Tally(0, 0, 0)));
        for (Covered covered : rows) {
            tallies.merge(covered.row().role(), Tally.of(covered.state()), Tally::plus);
        }
        tallies.values().removeIf(tally -> tally.all() == 0);
        return tallies;
    }

    /** The total on one line; by role, rows met or declarative of all. */
    public String summary() {
        List<String> roles = new ArrayList<>();
        byRole().forEach((role, tally) ->
                roles.add(role + " " + (tally.met() + tally.declarative()) + "/" + tally.all()));
        return "requirements: " + count(State.MET) + " met, " + count(State.DECLARATIVE) + " declarative, "
                + count(State.OPEN) + " open of " + rows.size() + " \u2014 " + String.join(", ", roles);
    }

    /**
     * Rows of one role by state.
     *
     * @param met rows met
     * @param declarative rows answered by a place
     * @param open all others
     */
    public record Tally(int met, int declarative, int open) {

        static Tally of(State state) {
            return new Tally(state == State.MET ? 1 : 0, state == State.DECLARATIVE ? 1 : 0,
                    state == State.OPEN ? 1 : 0);
        }

        Tally plus(Tally other) {
            return new Tally(met + other.met, declarative + other.declarative, open + other.open);
        }

        /** All rows of the role. */
        public int all() {
            return met + declarative + open;
        }
    }
}
