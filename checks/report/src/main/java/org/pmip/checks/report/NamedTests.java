// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.report;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pmip.checks.junit.Requirement;

/**
 * Finds the compiled tests that name rows, so that a test which did not run at all is noticed too: filtered out, in a
 * module whose tests were skipped, or in a class that JUnit does not find.
 */
final class NamedTests {

    private NamedTests() {
    }

    /** The tests in a folder of class files; none when the folder does not exist. */
    static List<NamedTest> in(Path testClasses) {
        List<NamedTest> found = new ArrayList<>();
        if (!Files.isDirectory(testClasses)) {
            return found;
        }
        JavaClasses classes = new ClassFileImporter().importPath(testClasses);
        for (JavaClass type : classes) {
            Set<String> names = new LinkedHashSet<>(Set.of(type.getName()));
            type.getAllSubclasses().forEach(below -> names.add(below.getName()));
            for (String id : ids(type)) {
                found.add(new NamedTest(id, type.getName(), names));
            }
            for (JavaMethod method : type.getMethods()) {
                for (String id : ids(method)) {
                    found.add(new NamedTest(id, type.getName() + "#" + method.getName(), names));
                }
            }
        }
        return found;
    }

    private static List<String> ids(HasAnnotations<?> element) {
        Optional<? extends JavaAnnotation<?>> named = element.tryGetAnnotationOfType(Requirement.class.getName());
        return named.flatMap(annotation -> annotation.get("value"))
                .map(value -> List.of((String[]) value)).orElse(List.of());
    }
}
