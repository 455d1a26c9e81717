// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onlab.util.ImmutableByteSequence;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.PiCriterion;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.PiInstruction;
import org.onosproject.net.pi.model.PiActionId;
import org.onosproject.net.pi.model.PiActionParamId;
import org.onosproject.net.pi.model.PiMatchFieldId;
import org.onosproject.net.pi.model.PiTableId;
import org.onosproject.net.pi.runtime.PiAction;
import org.onosproject.net.pi.runtime.PiActionParam;
import org.onosproject.net.pi.runtime.PiExactFieldMatch;
import org.onosproject.net.pi.runtime.PiFieldMatch;
import org.onosproject.net.pi.runtime.PiLpmFieldMatch;
import org.onosproject.net.pi.runtime.PiTernaryFieldMatch;

/** Reads a flow rule of one table; whatever the table's entries must have and the rule has not is an error. */
final class RuleReader {
    private static final int IP_VERSION_4 = 4;

    private final FlowRule rule;
    private final Map<PiMatchFieldId, PiFieldMatch> fields;
    private final PiAction action;
    private final Map<PiActionParamId, ImmutableByteSequence> parameters;

    RuleReader(FlowRule rule, PiTableId table) {
        this.rule = rule;
        if (!rule.table().equals(table)) {
            throw new IllegalArgumentException("Rule of table " + rule.table() + " where one of " + table
                    + " is needed");
        }
        PiCriterion criterion = (PiCriterion) rule.selector().getCriterion(Criterion.Type.PROTOCOL_INDEPENDENT);
        if (criterion == null) {
            throw broken("has no protocol-independent match");
        }
        fields = criterion.fieldMatches().stream()
                .collect(Collectors.toMap(PiFieldMatch::fieldId, Function.identity()));
        action = rule.treatment().allInstructions().stream()
                .filter(i -> i.type() == Instruction.Type.PROTOCOL_INDEPENDENT)
                .map(i -> ((PiInstruction) i).action())
                .filter(a -> a instanceof PiAction)
                .map(a -> (PiAction) a)
                .findFirst()
                .orElseThrow(() -> broken("has no protocol-independent action"));
        parameters = action.parameters().stream()
                .collect(Collectors.toMap(PiActionParam::id, PiActionParam::value));
    }

    int priority() {
        return rule.priority();
    }

    PiActionId action() {
        return action.id();
    }

    boolean does(PiActionId id) {
        return action.id().equals(id);
    }

    RuleReader expect(PiActionId id) {
        if (!does(id)) {
            throw unknownAction();
        }
        return this;
    }

    IllegalArgumentException unknownAction() {
        return broken("has the action " + action.id() + ", which no entity of the table has");
    }

    long number(PiMatchFieldId field) {
        return Bits.number(exact(field));
    }

    PortNumber port(PiMatchFieldId field) {
        return PortNumber.portNumber(number(field));
    }

    IpAddress address(PiMatchFieldId field) {
        return Bits.address(exact(field));
    }

    MacAddress mac(PiMatchFieldId field) {
        return Bits.mac(exact(field));
    }

    IpPrefix prefix(PiMatchFieldId version, PiMatchFieldId field) {
        boolean ip4 = number(version) == IP_VERSION_4;
        PiFieldMatch match = fields.get(field);
        if (match == null) {
            return IpPrefix.valueOf(IpAddress.valueOf("::"), 0);
        }
        if (!(match instanceof PiLpmFieldMatch)) {
            throw broken("matches " + field + " otherwise than by prefix");
        }
        PiLpmFieldMatch lpm = (PiLpmFieldMatch) match;
        return Bits.prefix(ip4, lpm.value(), lpm.prefixLength());
    }

    Optional<Integer> ternary(PiMatchFieldId field) {
        PiFieldMatch match = fields.get(field);
        if (match == null) {
            return Optional.empty();
        }
        if (!(match instanceof PiTernaryFieldMatch)) {
            throw broken("matches " + field + " otherwise than by value and mask");
        }
        return Optional.of((int) Bits.number(((PiTernaryFieldMatch) match).value()));
    }

    long number(PiActionParamId parameter) {
        return Bits.number(value(parameter));
    }

    PortNumber port(PiActionParamId parameter) {
        return PortNumber.portNumber(number(parameter));
    }

    IpAddress address(PiActionParamId parameter) {
        return Bits.address(value(parameter));
    }

    IpAddress ip4Address(PiActionParamId parameter) {
        return Bits.ip4Address(value(parameter));
    }

    MacAddress mac(PiActionParamId parameter) {
        return Bits.mac(value(parameter));
    }

    private ImmutableByteSequence exact(PiMatchFieldId field) {
        PiFieldMatch match = fields.get(field);
        if (!(match instanceof PiExactFieldMatch)) {
            throw broken("has no exact match on " + field);
        }
        return ((PiExactFieldMatch) match).value();
    }

    private ImmutableByteSequence value(PiActionParamId parameter) {
        ImmutableByteSequence value = parameters.get(parameter);
        if (value == null) {
            throw broken("has no parameter " + parameter);
        }
        return value;
    }

    private IllegalArgumentException broken(String what) {
        return new IllegalArgumentException("Rule of table " + rule.table() + " " + what);
    }
}
