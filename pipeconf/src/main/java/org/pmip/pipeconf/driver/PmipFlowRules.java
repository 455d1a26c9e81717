// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.driver;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.onosproject.drivers.p4runtime.P4RuntimeFlowRuleProgrammable;
import org.onosproject.drivers.p4runtime.mirror.P4RuntimeTableMirror;
import org.onosproject.drivers.p4runtime.mirror.TimedEntry;
import org.onosproject.net.DeviceId;
import org.onosproject.net.driver.DriverHandler;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.pi.model.PiTableModel;
import org.onosproject.net.pi.runtime.PiCounterCellData;
import org.onosproject.net.pi.runtime.PiTableEntry;
import org.onosproject.net.pi.runtime.PiTableEntryHandle;
import org.onosproject.net.pi.service.PiTranslatedEntity;
import org.onosproject.net.pi.service.PiTranslationException;
import org.onosproject.net.pi.service.PiTranslationService;
import org.onosproject.p4runtime.api.P4RuntimeReadClient;
import org.onosproject.p4runtime.api.P4RuntimeWriteClient;
import org.pmip.pipeconf.PmipPipeconf;
import org.slf4j.LoggerFactory;

/**
 * Flow rules of switches with this pipeline, in place of what ONOS's P4Runtime driver does of itself. That loses sight
 * of entries: its stores ignore the second of two changes within a millisecond, which is how it replaces an entry of
 * bmv2; it takes tables as it has read them for what they are, though they were written meanwhile; and it inserts what
 * is there after another node has become the switch's master. Reading is left to the driver where that reads in a way
 * of its own. Thread-safe.
 */
public class PmipFlowRules extends P4RuntimeFlowRuleProgrammable {

    private static final String READ_FROM_MIRROR = "tableReadFromMirror";
    private static final String COUNTERS = "supportTableCounters";
    private static final String COUNTERS_WITH_ENTRIES = "tableReadCountersWithTableEntries";
    private static final ConcurrentMap<DeviceId, Writers> WRITERS = new ConcurrentHashMap<>();
    /**
     * What is needed only now and then. ONOS 2.5 keeps the drivers of a bundle that is replaced until its next start,
     * and a bundle that is gone loads no classes any more.
     */
    private static final List<Class<?>> LOADED = List.of(FlowTables.class, FlowTables.Look.class,
            SwitchTables.Update.class, SwitchTables.Verb.class, SwitchTables.Outcome.class, Writers.class,
            Writers.Conclusions.class, Picture.Believed.class, Tables.class, Mirror.class, DefaultFlowEntry.class,
            FlowEntry.FlowEntryState.class, PiTableEntryHandle.class, PiCounterCellData.class,
            PiTranslatedEntity.class, PiTranslationException.class, TimedEntry.class,
            P4RuntimeReadClient.ReadRequest.class, P4RuntimeReadClient.ReadResponse.class,
            P4RuntimeWriteClient.WriteRequest.class, P4RuntimeWriteClient.WriteResponse.class,
            P4RuntimeWriteClient.EntityUpdateResponse.class, P4RuntimeWriteClient.EntityUpdateStatus.class);

    static {
        LoggerFactory.getLogger(PmipFlowRules.class).debug("Loaded {}", LOADED);
    }

    @Override
    public void setHandler(DriverHandler handler) {
        super.setHandler(new KnownPipeconf(handler, PmipPipeconf.ID));
    }

    @Override
    public Collection<FlowRule> applyFlowRules(Collection<FlowRule> rules) {
        return tables("applyFlowRules()").map(tables -> tables.apply(rules)).orElse(List.of());
    }

    @Override
    public Collection<FlowRule> removeFlowRules(Collection<FlowRule> rules) {
        return tables("removeFlowRules()").map(tables -> tables.remove(rules)).orElse(List.of());
    }

    @Override
    public Collection<FlowEntry> getFlowEntries() {
        if (is(READ_FROM_MIRROR, false) || !is(COUNTERS, true) || !is(COUNTERS_WITH_ENTRIES, true)) {
            return super.getFlowEntries();
        }
        return tables("getFlowEntries()").map(FlowTables::read).orElse(List.of());
    }

    private boolean is(String property, boolean usual) {
        String given = handler().driver().getProperty(property);
        return given == null ? usual : Boolean.parseBoolean(given);
    }

    private Optional<FlowTables> tables(String operation) {
        if (!setupBehaviour(operation)) {
            return Optional.empty();
        }
        return Optional.of(new FlowTables(deviceId, pipeconf, new Tables(),
                new Mirror(deviceId, handler().get(P4RuntimeTableMirror.class)),
                handler().get(PiTranslationService.class).flowRuleTranslator(),
                WRITERS.computeIfAbsent(deviceId, device -> new Writers())));
    }

    /** The switch as ONOS's P4Runtime client shows it. */
    private final class Tables implements SwitchTables {

        @Override
        public Optional<Collection<PiTableEntry>> read() {
            P4RuntimeReadClient.ReadRequest request = client.read(p4DeviceId, pipeconf);
            for (PiTableModel table : pipeconf.pipelineModel().tables()) {
                if (!table.isConstantTable()) {
                    request.tableEntries(table.id());
                }
            }
            P4RuntimeReadClient.ReadResponse response = request.submitSync();
            return response.isSuccess() ? Optional.of(response.all(PiTableEntry.class)) : Optional.empty();
        }

        @Override
        public CompletableFuture<Map<PiTableEntryHandle, Outcome>> write(List<Update> updates) {
            P4RuntimeWriteClient.WriteRequest request = client.write(p4DeviceId, pipeconf);
            for (Update update : updates) {
                switch (update.verb()) {
                    case INSERT:
                        request.insert(update.entry());
                        break;
                    case MODIFY:
                        request.modify(update.entry());
                        break;
                    default:
                        request.delete(update.entry().handle(deviceId));
                        break;
                }
            }
            return request.submit().handle((response, failure) -> outcomes(updates, response));
        }

        private Map<PiTableEntryHandle, Outcome> outcomes(List<Update> updates,
                                                          P4RuntimeWriteClient.WriteResponse response) {
            Map<PiTableEntryHandle, Outcome> outcomes = new HashMap<>();
            // Of what is not spoken of, nobody knows that it was done.
            updates.forEach(update -> outcomes.put(update.entry().handle(deviceId), Outcome.REFUSED));
            if (response != null) {
                response.all().forEach(one -> outcomes.put((PiTableEntryHandle) one.handle(),
                        one.isSuccess() ? Outcome.DONE
                                : one.status() == P4RuntimeWriteClient.EntityUpdateStatus.NOT_FOUND ? Outcome.ABSENT
                                : Outcome.REFUSED));
            }
            return outcomes;
        }
    }

    /** ONOS's mirror of one switch. */
    private static final class Mirror implements Picture {

        private final DeviceId device;
        private final P4RuntimeTableMirror mirror;

        Mirror(DeviceId device, P4RuntimeTableMirror mirror) {
            this.device = device;
            this.mirror = mirror;
        }

        @Override
        public Optional<PiTableEntry> get(PiTableEntryHandle handle) {
            return Optional.ofNullable(mirror.get(handle)).map(TimedEntry::entry);
        }

        @Override
        public Map<PiTableEntryHandle, Believed> all() {
            Collection<TimedEntry<PiTableEntry>> all = mirror.getAll(device);
            Map<PiTableEntryHandle, Believed> out = new HashMap<>(all.size() * 2);
            all.forEach(one -> out.put(one.entry().handle(device), new Believed(one.entry(), one.lifeSec())));
            return out;
        }

        @Override
        public void put(PiTableEntryHandle handle, PiTableEntry entry) {
            mirror.put(handle, entry);
        }

        @Override
        public void remove(PiTableEntryHandle handle) {
            mirror.remove(handle);
        }
    }
}
