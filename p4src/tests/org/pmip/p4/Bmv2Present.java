// SPDX-License-Identifier: Apache-2.0
package org.pmip.p4;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets a class of tests run where bmv2 can, and otherwise says in the report what is missing. */
final class Bmv2Present implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Bmv2Target.missing().map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("bmv2 is here"));
    }
}
