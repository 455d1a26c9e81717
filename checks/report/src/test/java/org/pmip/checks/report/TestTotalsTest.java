// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTotalsTest {

    @TempDir
    private Path root;

    private void report(String path, long millis, String cases) throws Exception {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "<testsuite>" + cases + "</testsuite>");
        Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
    }

    @Test
    void addsUpTheReportsOfThisBuild() throws Exception {
        report("a/target/surefire-reports/TEST-a.xml", 1000, "<testcase classname='a' name='x'/>"
                + "<testcase classname='a' name='y'><failure message='no\n way' type='X'><![CDATA["
                + "X: no\n way\n\tat org.junit.A.b(A.java:1)\n\tat org.pmip.C.d(C.java:2)\n]]></failure></testcase>"
                + "<testcase classname='a' name='z'><error type='java.lang.StackOverflowError'/>"
                + "<system-out><![CDATA[<testcase> <skipped/>]]></system-out></testcase>");
        report("b/c/target/failsafe-reports/TEST-b.xml", 1500, "<testcase classname='b' name='x'>"
                + "<skipped message='needs\n  root'/></testcase><testcase classname='b' name='y'><skipped/></testcase>"
                + "<testcase classname='b' name='z'/><testcase classname='c' name='x'><skipped><![CDATA["
                + "org.opentest4j.TestAbortedException: "
                + "Assumption failed: no tshark\n\tat x.Y]]></skipped></testcase>");
        report("old/target/surefire-reports/TEST-old.xml", 999, "<testcase><failure/></testcase>");
        report("other/target/TEST-other.xml", 2000, "<testcase><failure/></testcase>");
        assertThat(TestTotals.of(root, 1000).lines()).containsExactly(
                "Failed:",
                "  a#y: no way at org.pmip.C.d(C.java:2)",
                "  a#z: java.lang.StackOverflowError ",
                "Skipped:",
                "  b#x: needs root",
                "  b#y: no reason given",
                "  c#x: Assumption failed: no tshark",
                "Tests run: 7, Failures: 1, Errors: 1, Skipped: 3",
                "2 passed, 2 failed, 3 skipped");
    }

    @Test
    void nothingRunIsNothingPassed() throws Exception {
        assertThat(TestTotals.of(root, 0).lines()).containsExactly(
                "Tests run: 0, Failures: 0, Errors: 0, Skipped: 0", "0 passed, 0 failed, 0 skipped");
    }
}
