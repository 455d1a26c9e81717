// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf;

import java.net.URL;
import java.util.Optional;
import org.onosproject.net.driver.Behaviour;
import org.onosproject.net.flow.FlowRuleProgrammable;
import org.onosproject.net.packet.PacketProgrammable;
import org.onosproject.net.pi.model.DefaultPiPipeconf;
import org.onosproject.net.pi.model.PiPipeconf;
import org.onosproject.net.pi.model.PiPipeconfId;
import org.onosproject.net.pi.model.PiPipelineInterpreter;
import org.onosproject.net.pi.service.PiPipeconfService;
import org.onosproject.p4runtime.model.P4InfoParser;
import org.onosproject.p4runtime.model.P4InfoParserException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives ONOS the pipeline while the bundle is active. */
@Component(immediate = true)
public class PmipPipeconf {
    /** Identifier of the pipeconf, for the network configuration of switches. */
    public static final PiPipeconfId ID = new PiPipeconfId("org.pmip.pipeconf");

    private static final Logger LOG = LoggerFactory.getLogger(PmipPipeconf.class);
    private static final String FLOW_RULES = "org.pmip.pipeconf.driver.PmipFlowRules";
    private static final String PACKETS = "org.pmip.pipeconf.driver.PmipPackets";
    private static final String P4INFO = "/org/pmip/pipeconf/pmip.p4info.txtpb";
    private static final String BMV2_JSON = "/org/pmip/pipeconf/pmip.json";

    @Reference(cardinality = ReferenceCardinality.MANDATORY)
    protected PiPipeconfService pipeconfService;

    /** Registers the pipeconf. */
    @Activate
    protected void activate() {
        PmipInterpreter.load();
        pipeconfService.register(pipeconf());
        LOG.info("Registered {}", ID);
    }

    /** Takes the pipeconf back. */
    @Deactivate
    protected void deactivate() {
        pipeconfService.unregister(ID);
        LOG.info("Unregistered {}", ID);
    }

    /**
     * Makes the pipeconf from what the bundle carries.
     *
     * @return the pipeconf
     * @throws IllegalStateException if the bundle lacks the compiled program or has a broken one
     */
    public static PiPipeconf pipeconf() {
        URL p4info = resource(P4INFO);
        try {
            DefaultPiPipeconf.Builder builder = DefaultPiPipeconf.builder()
                    .withId(ID)
                    .withPipelineModel(P4InfoParser.parse(p4info))
                    .addBehaviour(PiPipelineInterpreter.class, PmipInterpreter.class)
                    .addExtension(PiPipeconf.ExtensionType.P4_INFO_TEXT, p4info)
                    .addExtension(PiPipeconf.ExtensionType.BMV2_JSON, resource(BMV2_JSON));
            driver(FLOW_RULES).ifPresent(driver -> builder.addBehaviour(FlowRuleProgrammable.class, driver));
            driver(PACKETS).ifPresent(driver -> builder.addBehaviour(PacketProgrammable.class, driver));
            return builder.build();
        } catch (P4InfoParserException e) {
            throw new IllegalStateException(P4INFO + " cannot be parsed; compile the P4 program again", e);
        }
    }

    /** A part of a driver, where ONOS's P4Runtime driver is, on which it builds; alone, the host has its own. */
    private static Optional<Class<? extends Behaviour>> driver(String name) {
        try {
            return Optional.of(Class.forName(name).asSubclass(Behaviour.class));
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            LOG.info("No P4Runtime driver of ONOS is here, {} is left to the device's driver", name);
            LOG.debug("This is missing", e);
            return Optional.empty();
        }
    }

    private static URL resource(String path) {
        URL url = PmipPipeconf.class.getResource(path);
        if (url == null) {
            throw new IllegalStateException(path + " is not in the bundle; build it with p4src beside it");
        }
        return url;
    }
}
