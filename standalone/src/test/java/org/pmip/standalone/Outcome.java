// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.FlowRuleOperationsContext;

/**
 * What became of flow rule operations.
 */
final class Outcome implements FlowRuleOperationsContext {
    private final CompletableFuture<Boolean> success = new CompletableFuture<>();
    private volatile FlowRuleOperations failed;

    @Override
    public void onSuccess(FlowRuleOperations operations) {
        success.complete(true);
    }

    @Override
    public void onError(FlowRuleOperations operations) {
        failed = operations;
        success.complete(false);
    }

    boolean success() throws Exception {
        return success.get(20, TimeUnit.SECONDS);
    }

    FlowRuleOperations failed() {
        return failed;
    }
}
