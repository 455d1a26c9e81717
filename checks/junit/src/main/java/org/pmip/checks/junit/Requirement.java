// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the rows of {@code docs/requirements.tsv} that a test, or every test of a class, meets.
 *
 * <p>A row counts as met only while all tests that name it pass: a failed, aborted or skipped one opens it again.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Requirement {

    /** Row identifiers, for example {@code R5845-6.1-3}. */
    String[] value();
}
