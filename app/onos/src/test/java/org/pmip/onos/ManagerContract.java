// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A role's component among what ONOS gives it: what is the same for the anchor's and the gateways'. */
public abstract class ManagerContract {

    protected final Surroundings onos = new Surroundings();
    private boolean active;

    /** Gives the component what it wants. */
    protected abstract void bind();

    /** Starts the component. */
    protected abstract void activate();

    /** Stops the component. */
    protected abstract void deactivate();

    /** Whether it is at work and its switches are as they should be. */
    protected abstract boolean ready();

    /** Its gateways, as it shows them. */
    protected abstract ArrayNode gateways();

    /** Some configuration of the role on a switch {@code device:one}. */
    protected abstract String configuration();

    @BeforeEach
    void bindAll() {
        bind();
    }

    @AfterEach
    void stop() {
        if (active) {
            deactivate();
        }
        assertThat(onos.processors).isEmpty();
    }

    /** Starts the component until the test is over. */
    protected void start() {
        activate();
        active = true;
    }

    /** Starts the component with a configuration and waits until it is at work. */
    protected void startWith(String configuration) {
        onos.configure(configuration);
        start();
        isReady();
    }

    /** Waits until the component is at work. */
    protected void isReady() {
        Surroundings.until("it is ready", this::ready);
    }

    /** What the component shows of its first gateway. */
    protected String gateway(String key) {
        return gateways().path(0).path(key).asText();
    }

    @Test
    void whatNeverFoundItsStoresCanBeStopped() {
        onos.closed = true;
        onos.configure(configuration());
        start();
        deactivate();
        active = false;
        assertThat(onos.rules("device:one")).isZero();
    }
}
