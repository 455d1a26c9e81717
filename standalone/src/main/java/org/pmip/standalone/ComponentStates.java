// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * Looks whether the components of bundles really run: a bundle counts as active even when none of them does.
 */
final class ComponentStates {
    private ComponentStates() {
    }

    /**
     * Verifies that all immediate components run.
     *
     * @param runtime of declarative services
     * @param bundles to look at
     * @throws BundleException with each component that does not run, and what it lacks
     */
    static void verify(ServiceComponentRuntime runtime, Collection<Bundle> bundles) throws BundleException {
        List<String> problems = new ArrayList<>();
        for (ComponentDescriptionDTO component
            : runtime.getComponentDescriptionDTOs(bundles.toArray(new Bundle[0]))) {
            if (component.immediate && component.defaultEnabled) {
                for (ComponentConfigurationDTO configuration : runtime.getComponentConfigurationDTOs(component)) {
                    if (configuration.state != ComponentConfigurationDTO.ACTIVE) {
                        problems.add(component.name + ' ' + lack(configuration));
                    }
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new BundleException("These components do not run: " + String.join("; ", problems));
        }
    }

    private static String lack(ComponentConfigurationDTO configuration) {
        String references = Arrays.stream(configuration.unsatisfiedReferences).map(reference -> reference.name)
            .collect(Collectors.joining(", "));
        return references.isEmpty() ? "failed to activate, see the log" : "lacks the services for " + references;
    }
}
