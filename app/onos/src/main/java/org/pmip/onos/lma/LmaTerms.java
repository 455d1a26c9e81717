// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.pmip.protocol.lma.Answer;
import org.pmip.protocol.lma.LmaEngine;
import org.pmip.protocol.lma.LmaPolicy;

/** What a configuration gives the {@link LmaProcessor}. Immutable. */
final class LmaTerms {

    final Supplier<LmaEngine> engine;
    final LmaPolicy policy;
    final Holdings.Stocks stocks;
    final Admission admission;
    final Tables tables;
    final Consumer<Answer> sender;
    final Runnable compare;

    /**
     * Makes them.
     *
     * @param engine gives the one by which is decided now
     * @param compare has the switch compared with the sessions
     */
    LmaTerms(Supplier<LmaEngine> engine, LmaPolicy policy, Holdings.Stocks stocks, Admission admission, Tables tables,
             Consumer<Answer> sender, Runnable compare) {
        this.engine = engine;
        this.policy = policy;
        this.stocks = stocks;
        this.admission = admission;
        this.tables = tables;
        this.sender = sender;
        this.compare = compare;
    }
}
