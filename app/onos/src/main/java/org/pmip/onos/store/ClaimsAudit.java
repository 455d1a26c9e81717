// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.onosproject.store.service.Versioned;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares claims with records. A node of the cluster that dies between a claim and the record that was to hold it, or
 * hears nothing of a store's answer, leaves a claim behind that no record holds; nobody else would give it back.
 * Thread-safe.
 */
public final class ClaimsAudit {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimsAudit.class);

    private final BindingStore bindings;
    private final List<Ledger> ledgers;
    /** What was not right when it was looked at last, with the version of the claim: most of it is under way. */
    private Map<List<String>, Long> suspects = Map.of();

    /** Compares these claims with these records. */
    public ClaimsAudit(BindingStore bindings, PrefixClaims prefixes, AddressClaims addresses) {
        this.bindings = bindings;
        this.ledgers = List.of(
                new Ledger(prefixes, record -> record.heldPrefixes().stream().map(Object::toString)
                        .collect(Collectors.toSet())),
                new Ledger(addresses, record -> record.heldAddresses().stream().map(Object::toString)
                        .collect(Collectors.toSet())));
    }

    private static final class Ledger {
        private final Claims<?> claims;
        private final Function<MobileNodeRecord, Set<String>> held;

        Ledger(Claims<?> claims, Function<MobileNodeRecord, Set<String>> held) {
            this.claims = claims;
            this.held = held;
        }
    }

    /** A claim and a record that do not fit together. Immutable. */
    public final class Finding {
        private final Ledger ledger;
        private final String claimed;
        private final String mobileNode;
        private final Optional<Long> version;

        private Finding(Ledger ledger, String claimed, String mobileNode, Optional<Long> version) {
            this.ledger = ledger;
            this.claimed = claimed;
            this.mobileNode = mobileNode;
            this.version = version;
        }

        /** The name of the node whose it is. */
        public String mobileNode() {
            return mobileNode;
        }

        /**
         * Puts it right, if it is still so. To be called where nothing else works on this mobile node; blocks.
         *
         * @throws org.onosproject.store.service.StorageException if the store is not available
         */
        public void settle() {
            boolean holds = bindings.read(mobileNode).map(ledger.held).orElse(Set.of()).contains(claimed);
            if (version.isPresent()) {
                if (!holds && ledger.claims.release(claimed, version.get())) {
                    LOG.info("{} was set aside for {} and never used; it is free again", claimed, mobileNode);
                }
            } else if (holds && !ledger.claims.claimNamed(claimed, mobileNode)) {
                LOG.error("{} is used by {}, but claimed by {}", claimed, mobileNode, ledger.claims.holders()
                        .get(claimed));
            }
        }

        private List<String> name() {
            return List.of(claimed, mobileNode);
        }
    }

    /**
     * Looks at all that this node knows of.
     *
     * @return what does not fit together and did not when this was called last; the time in between should be longer
     *     than a request takes
     */
    public synchronized List<Finding> look() {
        Map<List<String>, Long> seen = new HashMap<>();
        List<Finding> findings = new ArrayList<>();
        for (Ledger ledger : ledgers) {
            ledger.claims.view().forEach((claimed, holder) -> {
                if (!bindings.find(holder.value()).map(ledger.held).orElse(Set.of()).contains(claimed)) {
                    note(new Finding(ledger, claimed, holder.value(), Optional.of(holder.version())), seen, findings);
                }
            });
            for (MobileNodeRecord record : bindings.all()) {
                for (String claimed : ledger.held.apply(record)) {
                    Versioned<String> holder = ledger.claims.view().get(claimed);
                    if (holder == null || !holder.value().equals(record.key())) {
                        note(new Finding(ledger, claimed, record.key(), Optional.empty()), seen, findings);
                    }
                }
            }
        }
        suspects = seen;
        return findings;
    }

    private void note(Finding finding, Map<List<String>, Long> seen, List<Finding> findings) {
        Long version = finding.version.orElse(-1L);
        seen.put(finding.name(), version);
        if (version.equals(suspects.get(finding.name()))) {
            findings.add(finding);
        }
    }
}
