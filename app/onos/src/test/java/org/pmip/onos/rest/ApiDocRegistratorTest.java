// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.onosproject.rest.ApiDocProvider;
import org.onosproject.rest.ApiDocService;

class ApiDocRegistratorTest {

    private final Set<ApiDocProvider> shown = new LinkedHashSet<>();
    private final ApiDocService documents = new ApiDocService() {
        @Override
        public void register(ApiDocProvider provider) {
            shown.add(provider);
        }

        @Override
        public void unregister(ApiDocProvider provider) {
            shown.remove(provider);
        }

        @Override
        public Set<ApiDocProvider> getDocProviders() {
            return shown;
        }

        @Override
        public ApiDocProvider getDocProvider(String key) {
            return shown.stream().filter(one -> one.key().equals(key)).findFirst().orElse(null);
        }
    };

    @Test
    void theDocumentComesAndGoes() {
        ApiDocRegistrator registrator = new ApiDocRegistrator();
        registrator.bindDocuments(documents);
        ApiDocProvider document = documents.getDocProvider("/onos/pmip");
        assertThat(document.name()).isEqualTo("Proxy Mobile IP");
        registrator.unbindDocuments(documents);
        assertThat(shown).isEmpty();
    }
}
