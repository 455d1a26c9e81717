// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.tree;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may see whom, among the compiled classes of the product. */
class ArchitectureTest {

    private static final String PROTOCOL = "org.pmip.protocol..";
    private static final String PIPECONF = "org.pmip.pipeconf..";
    private static final String ONOS = "org.pmip.onos..";
    private static final String SOFTSWITCH = "org.pmip.softswitch..";

    /** Folder of each module that has classes, and the package they live in. */
    private static final Map<String, String> HOMES = Map.of(
            "app/protocol", PROTOCOL,
            "pipeconf", PIPECONF,
            "app/onos", ONOS,
            "softswitch", SOFTSWITCH,
            "standalone", "org.pmip.standalone..",
            "bench", "org.pmip.bench..");

    /** The value types that the protocol may take from ONOS. */
    private static final Pattern VALUE_TYPE = Pattern.compile(
            "org\\.onlab\\.packet\\.(Ip[46]?(Address|Prefix)(\\$Version)?|MacAddress|VlanId)");

    /** What reads a clock, draws lots, or starts or stops a thread, by owner and method. */
    private static final Pattern IMPURE = Pattern.compile(
            "java\\.lang\\.System#(currentTimeMillis|nanoTime|getenv|getProperty)|java\\.time\\..*#now"
                    + "|java\\.lang\\.Thread#.*|java\\.lang\\.Object#(wait|notify|notifyAll)|java\\.lang\\.Math#random"
                    + "|java\\.util\\.UUID#randomUUID|java\\.time\\.Clock#.*");

    private static final Set<String> IMPURE_TYPES = Set.of("java.lang.Thread", "java.lang.ThreadLocal",
            "java.lang.Process", "java.util.Timer", "java.util.Random", "java.util.SplittableRandom", "java.util.Date",
            "java.security.SecureRandom", "java.io.File", "java.io.FileInputStream", "java.io.FileOutputStream",
            "java.time.Clock");

    private static JavaClasses product;

    @BeforeAll
    static void readClasses() {
        product = new ClassFileImporter().importPaths(HOMES.keySet().stream().map(ArchitectureTest::output).toList());
    }

    private static Path output(String module) {
        return Tree.ROOT.resolve(module).resolve("target").resolve("classes");
    }

    @TestFactory
    Stream<DynamicTest> everyModuleHasClassesAndKeepsThemAtHome() {
        return HOMES.keySet().stream().sorted().map(module -> DynamicTest.dynamicTest(module, () -> {
            JavaClasses own = new ClassFileImporter().importPath(output(module));
            assertThat(own).isNotEmpty();
            classes().should().resideInAPackage(HOMES.get(module)).check(own);
        }));
    }

    @Test
    void protocolSeesTheJdkAndValueTypesOnly() {
        classes().that().resideInAPackage(PROTOCOL).should().onlyDependOnClassesThat(
                resideInAnyPackage(PROTOCOL, "java..").or(describe("value types of org.onlab.packet",
                        type -> VALUE_TYPE.matcher(type.getBaseComponentType().getName()).matches()))
                        .or(primitive())).check(product);
    }

    @Test
    void protocolHasNoSocketThreadFileOrRandomSource() {
        noClasses().that().resideInAPackage(PROTOCOL).should().dependOnClassesThat(
                resideInAnyPackage("java.net", "java.nio.channels..", "java.nio.file..", "java.rmi..", "java.sql..",
                        "java.util.concurrent..").or(describe("threads, timers, files and random sources",
                        type -> IMPURE_TYPES.contains(type.getName())))).check(product);
    }

    @Test
    void protocolReadsNoClock() {
        noClasses().that().resideInAPackage(PROTOCOL).should().callMethodWhere(target(impure())).check(product);
    }

    private static DescribedPredicate<AccessTarget> impure() {
        return describe("reads a clock or the environment, draws lots, or touches a thread", method ->
                IMPURE.matcher(method.getOwner().getName() + "#" + method.getName()).matches());
    }

    @Test
    void pipeconfSeesTheOnosApiAndNothingOfOurs() {
        classes().that().resideInAPackage(PIPECONF).should().onlyDependOnClassesThat(
                resideInAnyPackage(PIPECONF, "java..", "org.onosproject..", "org.onlab..", "com.google.common..",
                        "org.slf4j..", "org.osgi.service..").or(primitive())).check(product);
    }

    @Test
    void applicationSeesProtocolAndPipeconfOnly() {
        seesOfOurs(ONOS, PROTOCOL, PIPECONF).check(product);
        noClasses().that().resideInAPackage(ONOS)
                .should().dependOnClassesThat().resideInAnyPackage("io.grpc..", "com.google.protobuf..", "p4..")
                .because("it speaks to switches through ONOS alone").check(product);
    }

    @Test
    void softswitchSeesNothingOfOursAndNoOnos() {
        seesOfOurs(SOFTSWITCH).check(product);
        noClasses().that().resideInAPackage(SOFTSWITCH)
                .should().dependOnClassesThat().resideInAnyPackage("org.onosproject..", "org.onlab..").check(product);
    }

    @Test
    void nothingOfTheProductSeesTheBench() {
        noClasses().that().resideOutsideOfPackage("org.pmip.bench..")
                .should().dependOnClassesThat().resideInAnyPackage("org.pmip.bench..", "org.pmip.checks..")
                .check(product);
    }

    @Test
    void standaloneIsSeenByNobodyButTheBench() {
        noClasses().that().resideOutsideOfPackages("org.pmip.standalone..", "org.pmip.bench..")
                .should().dependOnClassesThat().resideInAPackage("org.pmip.standalone..").check(product);
    }

    @Test
    void stepsOfAModuleDoNotGoInCircles() {
        slices().matching("org.pmip.(protocol|onos).(*)..").should().beFreeOfCycles().check(product);
    }

    private static ArchRule seesOfOurs(String home, String... others) {
        return noClasses().that().resideInAPackage(home).should().dependOnClassesThat(resideInAPackage("org.pmip..")
                .and(DescribedPredicate.not(resideInAPackage(home)))
                .and(DescribedPredicate.not(resideInAnyPackage(others))));
    }

    private static DescribedPredicate<JavaClass> primitive() {
        return describe("primitive types", type -> type.getBaseComponentType().isPrimitive());
    }
}
