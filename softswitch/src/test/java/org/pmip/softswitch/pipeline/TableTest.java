// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.pmip.softswitch.pipeline.Table.KeyShape;
import org.pmip.softswitch.pipeline.Table.MatchKind;
import org.pmip.softswitch.pipeline.TableException.Kind;

/** Tables of every kind: what packets find, what writing answers. */
class TableTest {
    private static final String PORTS = "FeatureIngress.ports";
    private static final String ROUTES = "FeatureIngress.routes";
    private static final String CLASSES = "FeatureIngress.classes";
    private static final String FIXED = "FeatureIngress.fixed";

    private final Harness harness = Harness.features();
    private final Pipeline pipeline = harness.pipeline;

    private static BigInteger wide(String hex) {
        return new BigInteger(hex, 16);
    }

    private static byte[] octets(String hex) {
        return wide(hex).toByteArray();
    }

    private static ActionCall route(int port, String stamp) {
        return ActionCall.of("FeatureIngress.route", Harness.number(port), octets(stamp));
    }

    private static Entry routeEntry(String prefix, int length, int port) {
        return new Entry(List.of(KeyMatch.lpm(octets(prefix), length)), 0, route(port, "5a"));
    }

    private static void refused(Kind kind, String text, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TableException.class,
                e -> assertThat(e.kind()).isEqualTo(kind)).hasMessageContaining(text);
    }

    @Test
    void theShapeOfATableIsThatOfTheProgram() {
        Table classes = pipeline.table(CLASSES);
        assertThat(classes.keys()).containsExactly(
                new KeyShape("hdr.command.wide", MatchKind.TERNARY, 128),
                new KeyShape("hdr.command.arg", MatchKind.RANGE, 16),
                new KeyShape("hdr.command.a", MatchKind.TERNARY, 64),
                new KeyShape("hdr.command.$valid$", MatchKind.EXACT, 1));
        assertThat(classes.size()).isEqualTo(64);
        assertThat(classes.actions()).contains("FeatureIngress.forward", "FeatureIngress.drop", "NoAction");
        assertThatThrownBy(() -> pipeline.table("nothing")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing");
    }

    @Test
    void exactKeysFindTheirEntryAndMissesTakeTheDefault() throws TableException {
        assertThat(harness.one(3, Command.of(39).frame()).port()).isEqualTo(13);
        assertThat(harness.send(10, Command.of(39).frame())).isEmpty();
        pipeline.table(PORTS).setDefaultAction(Harness.forward(99));
        assertThat(harness.one(10, Command.of(39).frame()).port()).isEqualTo(99);
        pipeline.table(PORTS).setDefaultAction(null);
        assertThat(pipeline.table(PORTS).defaultAction().action()).isEqualTo("FeatureIngress.drop");
        assertThat(harness.send(10, Command.of(39).frame())).isEmpty();
    }

    @Test
    void theLongestPrefixWins() throws TableException {
        harness.insert(ROUTES, routeEntry("20010db8000000000000000000000000", 32, 1));
        harness.insert(ROUTES, routeEntry("20010db8000100000000000000000000", 48, 2));
        harness.insert(ROUTES, routeEntry("20010db8000100000000000000000001", 128, 3));
        assertThat(routed("20010db8000100000000000000000001")).isEqualTo(3);
        assertThat(routed("20010db8000100000000000000000002")).isEqualTo(2);
        assertThat(routed("20010db8000200000000000000000001")).isEqualTo(1);
        assertThat(routed("20010db9000200000000000000000001")).isZero();
        harness.insert(ROUTES, new Entry(List.of(KeyMatch.ANY), 0, route(4, "00")));
        assertThat(routed("20010db9000200000000000000000001")).isEqualTo(4);
        pipeline.table(ROUTES).delete(routeEntry("20010db8000100000000000000000000", 48, 0));
        assertThat(routed("20010db8000100000000000000000002")).isEqualTo(1);
        assertThat(pipeline.table(ROUTES).count()).isEqualTo(3);
    }

    private int routed(String address) {
        List<Harness.Sent> out = harness.send(1, Command.of(43).wide(wide(address)).frame());
        return out.isEmpty() ? 0 : out.get(0).port();
    }

    private Entry classEntry(KeyMatch wide, KeyMatch arg, KeyMatch a, int priority, int port) {
        return new Entry(List.of(wide, arg, a, KeyMatch.exact(new byte[] {1})), priority, Harness.forward(port));
    }

    private int classified(String address, int arg, long a) {
        Harness.Sent out = harness.one(1, Command.of(44).wide(wide(address)).arg(arg).a(a).frame());
        assertThat(Command.parse(out.frame()).flag).isEqualTo(out.port() == 11 ? 2 : 1);
        return out.port();
    }

    @Test
    void thePriorityDecidesAmongTernaryRangeAndOptional() throws TableException {
        KeyMatch net = KeyMatch.ternary(octets("20010db8000000000000000000000000"),
                octets("00ffffffff000000000000000000000000"));
        KeyMatch ports = KeyMatch.range(Harness.number(100), Harness.number(199));
        KeyMatch seven = KeyMatch.exact(Harness.number(7));
        harness.insert(CLASSES, classEntry(net, KeyMatch.ANY, KeyMatch.ANY, 10, 21));
        harness.insert(CLASSES, classEntry(net, ports, KeyMatch.ANY, 20, 22));
        harness.insert(CLASSES, classEntry(KeyMatch.ANY, ports, seven, 15, 23));
        harness.insert(CLASSES, classEntry(KeyMatch.ANY, KeyMatch.ANY, seven, 5, 24));
        assertThat(classified("20010db8000000000000000000000001", 99, 0)).isEqualTo(21);
        assertThat(classified("20010db8000000000000000000000001", 100, 0)).isEqualTo(22);
        assertThat(classified("20010db8000000000000000000000001", 199, 7)).isEqualTo(22);
        assertThat(classified("30010db8000000000000000000000001", 199, 7)).isEqualTo(23);
        assertThat(classified("30010db8000000000000000000000001", 200, 7)).isEqualTo(24);
        assertThat(classified("30010db8000000000000000000000001", 200, 8)).isEqualTo(11);
        pipeline.table(CLASSES).delete(classEntry(net, ports, KeyMatch.ANY, 20, 0));
        assertThat(classified("20010db8000000000000000000000001", 150, 7)).isEqualTo(23);
        assertThat(classified("20010db8000000000000000000000001", 150, 8)).isEqualTo(21);
    }

    @Test
    void constEntriesAreFoundInTheOrderOfTheProgramAndStay() {
        assertThat(harness.one(1, Command.of(45).arg(0x0123).frame()).port()).isEqualTo(7);
        assertThat(harness.one(1, Command.of(45).arg(0x0223).frame()).port()).isEqualTo(8);
        assertThat(harness.one(1, Command.of(45).arg(0x8223).frame()).port()).isEqualTo(11);
        Table fixed = pipeline.table(FIXED);
        List<Entry> entries = new ArrayList<>();
        fixed.forEach(entries::add);
        assertThat(entries).hasSize(3).allMatch(Entry::constant);
        assertThat(entries).extracting(Entry::priority).containsExactlyInAnyOrder(1, 2, 3);
        refused(Kind.CONSTANT, FIXED, () -> fixed.delete(entries.get(0)));
        refused(Kind.CONSTANT, FIXED, () -> fixed.modify(entries.get(0)));
        refused(Kind.CONSTANT, FIXED, () -> fixed.insert(entries.get(0)));
        assertThat(fixed.constant()).isTrue();
    }

    @Test
    void writingAnswersWhatIsWrong() throws TableException {
        Table routes = pipeline.table(ROUTES);
        Entry entry = routeEntry("20010db8000000000000000000000000", 32, 1);
        refused(Kind.NOT_FOUND, ROUTES, () -> routes.delete(entry));
        refused(Kind.NOT_FOUND, ROUTES, () -> routes.modify(entry));
        routes.insert(entry);
        refused(Kind.ALREADY_EXISTS, ROUTES, () -> routes.insert(entry));
        for (int i = 1; i < 8; i++) {
            routes.insert(routeEntry("20010db8000000000000000000000000", 32 + i, 1));
        }
        refused(Kind.FULL, "8 entries", () -> routes.insert(routeEntry("0", 1, 1)));
        refused(Kind.INVALID, "prefix", () -> routes.insert(routeEntry("1", 127, 1)));
        refused(Kind.INVALID, "129", () -> routes.insert(routeEntry("0", 129, 1)));
        refused(Kind.INVALID, "wider", () -> routes.insert(routeEntry("0100000000000000000000000000000000", 1, 1)));
        refused(Kind.INVALID, "priority", () -> routes.insert(
                new Entry(List.of(KeyMatch.ANY), 7, route(1, "00"))));
        refused(Kind.INVALID, "keys", () -> routes.insert(new Entry(List.of(), 0, route(1, "00"))));
        refused(Kind.INVALID, "does not fit", () -> routes.insert(
                new Entry(List.of(KeyMatch.exact(octets("01"))), 0, route(1, "00"))));
        refused(Kind.FULL, "8", () -> routes.insert(new Entry(List.of(KeyMatch.ANY), 0, route(511, "00"))));
        routes.delete(entry);
        refused(Kind.INVALID, "9 bits", () -> routes.insert(new Entry(List.of(KeyMatch.ANY), 0, route(512, "00"))));
        refused(Kind.INVALID, "no action 'x'", () -> routes.insert(
                new Entry(List.of(KeyMatch.ANY), 0, ActionCall.of("x"))));
        refused(Kind.INVALID, "2 parameters", () -> routes.insert(
                new Entry(List.of(KeyMatch.ANY), 0, ActionCall.of("FeatureIngress.route"))));
        refused(Kind.INVALID, "no action", () -> routes.insert(new Entry(List.of(KeyMatch.ANY), 0, null)));
        refused(Kind.INVALID, "no action profile", () -> routes.insert(
                new Entry(List.of(KeyMatch.ANY), 0, new ActionChoice.Member(1))));
        Table classes = pipeline.table(CLASSES);
        refused(Kind.INVALID, "priority above 0",
                () -> classes.insert(classEntry(KeyMatch.ANY, KeyMatch.ANY, KeyMatch.ANY, 0, 1)));
        refused(Kind.INVALID, "outside of its mask", () -> classes.insert(classEntry(
                KeyMatch.ternary(octets("03"), octets("01")), KeyMatch.ANY, KeyMatch.ANY, 1, 1)));
        refused(Kind.INVALID, "above high", () -> classes.insert(classEntry(
                KeyMatch.ANY, KeyMatch.range(octets("02"), octets("01")), KeyMatch.ANY, 1, 1)));
        refused(Kind.INVALID, "does not fit", () -> classes.insert(new Entry(List.of(KeyMatch.ANY, KeyMatch.ANY,
                KeyMatch.ANY, KeyMatch.ANY), 1, Harness.forward(1))));
    }

    @Test
    void entriesAreReadAsTheyWereWritten() throws TableException {
        Table routes = pipeline.table(ROUTES);
        Entry entry = new Entry(routeEntry("20010db8000000000000000000000000", 32, 1).matches(), 0, route(1, "5a"),
                Bits.of(0xfeed), 0, false);
        routes.insert(entry);
        Entry asked = routeEntry("0020010db8000000000000000000000000", 32, 9);
        assertThat(routes.find(asked)).isEqualTo(entry);
        Entry changed = new Entry(entry.matches(), 0, route(2, "5b"));
        routes.modify(changed);
        assertThat(routes.find(asked)).isEqualTo(changed);
        assertThat(routed("20010db8000000000000000000000001")).isEqualTo(2);
        assertThat(routes.find(routeEntry("20010db8000000000000000000000000", 33, 1))).isNull();
    }

    @Test
    void directCountersCountHitsAndTheDefaultEntryMisses() throws TableException {
        Table routes = pipeline.table(ROUTES);
        Entry entry = routeEntry("20010db8000000000000000000000000", 32, 1);
        routes.insert(entry);
        routed("20010db8000000000000000000000001");
        routed("20010db8000000000000000000000002");
        routed("30010db8000000000000000000000002");
        assertThat(routes.counter(entry)).isEqualTo(new CounterArray.Value(2, 2 * Command.LENGTH));
        assertThat(routes.counter(null)).isEqualTo(new CounterArray.Value(1, Command.LENGTH));
        routes.modify(entry);
        assertThat(routes.counter(entry).packets()).isEqualTo(2);
        routes.setCounter(entry, new CounterArray.Value(40, 4000));
        routed("20010db8000000000000000000000002");
        assertThat(routes.counter(entry)).isEqualTo(new CounterArray.Value(41, 4000 + Command.LENGTH));
        refused(Kind.NOT_FOUND, ROUTES, () -> routes.counter(routeEntry("0", 1, 1)));
        refused(Kind.INVALID, "no direct counter", () -> pipeline.table(PORTS).counter(null));
    }

    @Test
    void directMetersColourByRateAndBurst() throws TableException {
        Table routes = pipeline.table(ROUTES);
        Entry entry = routeEntry("20010db8000000000000000000000000", 32, 1);
        routes.insert(entry);
        assertThat(color()).isZero();
        int size = Command.LENGTH;
        routes.setMeter(entry, new MeterArray.Config(size, size, 2L * size, 3L * size));
        assertThat(routes.meter(entry).pir()).isEqualTo(2L * size);
        assertThat(List.of(color(), color(), color(), color())).containsExactly(0, 1, 1, 2);
        harness.nanoseconds.addAndGet(1_000_000_000L);
        assertThat(List.of(color(), color(), color())).containsExactly(0, 1, 2);
        harness.nanoseconds.addAndGet(499_999_999L);
        assertThat(color()).isEqualTo(2);
        harness.nanoseconds.addAndGet(1L);
        assertThat(color()).isEqualTo(1);
        routes.setMeter(entry, null);
        assertThat(routes.meter(entry)).isNull();
        assertThat(color()).isZero();
        refused(Kind.INVALID, "raise pir", () -> routes.setMeter(entry, new MeterArray.Config(2, 1, 1, 1)));
    }

    private int color() {
        return Command.parse(harness.one(1, Command.of(43).wide(wide("20010db8000000000000000000000001")).frame())
                .frame()).flag;
    }
}
