// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;

/** Who is where in the demonstration, and the network configuration that says so. Stateless. */
final class Setting {

    static final String DEVICE = "device:lma1";
    static final String ANCHOR = "2001:db8:0:1::1";
    static final String TRANSPORT_MAC_1 = "00:00:5e:00:53:01";
    static final String TRANSPORT_MAC_2 = "00:00:5e:00:53:02";
    static final String HOME_MAC = "00:00:5e:00:53:03";
    static final String MAG_1 = "2001:db8:0:11::1";
    static final String MAG_1_MAC = "00:00:5e:00:53:11";
    static final String MAG_2 = "2001:db8:0:12::1";
    static final String MAG_2_MAC = "00:00:5e:00:53:12";
    static final String CORRESPONDENT = "2001:db8:ff::100";
    static final String CORRESPONDENT_MAC = "00:00:5e:00:53:ff";
    static final int MIN_DELAY_BEFORE_BCE_DELETE = 2_000;

    private static final String CONFIGURATION = """
        {
          "devices": {
            "%DEVICE%": {
              "basic": {"managementAddress": "%TARGET%", "driver": "%DRIVER%", "pipeconf": "org.pmip.pipeconf"}
            }
          },
          "apps": {
            "org.pmip": {
              "pmip": {
                "lma": {
                  "device": "%DEVICE%",
                  "address": "2001:db8:0:1::1",
                  "grePolicy": "as-requested",
                  "unknownMobileNodes": "accept",
                  "parameters": {
                    "minDelayBeforeBceDelete": %DELAY%, "lifetimeCap": 600, "timestampValidityWindow": 5000
                  },
                  "pools": [{"name": "home", "prefix": "2001:db8:100::/40", "length": 64}],
                  "mags": [
                    {"name": "mag1", "address": "2001:db8:0:11::1"},
                    {"name": "mag2", "address": "2001:db8:0:12::1"}
                  ]
                },
                "switches": {
                  "%DEVICE%": {
                    "interfaces": [
                      {"port": 1, "role": "transport", "mac": "00:00:5e:00:53:01", "addresses": ["2001:db8:0:1::1"]},
                      {"port": 2, "role": "transport", "mac": "00:00:5e:00:53:02"},
                      {"port": 3, "role": "home", "mac": "00:00:5e:00:53:03", "addresses": ["2001:db8:ff::1"]}
                    ],
                    "routes": [
                      {"prefix": "2001:db8:0:11::/64", "port": 1, "nextHop": "00:00:5e:00:53:11"},
                      {"prefix": "2001:db8:0:12::/64", "port": 2, "nextHop": "00:00:5e:00:53:12"},
                      {"prefix": "2001:db8:ff::/64", "operator": 1, "port": 3, "nextHop": "00:00:5e:00:53:ff"}
                    ]
                  }
                }
              }
            }
          }
        }
        """;

    private Setting() {
    }

    /** The network configuration for a switch at an address such as {@code grpc://127.0.0.1:50051?device_id=1}. */
    static JsonNode network(String target, String driver) throws IOException {
        return new ObjectMapper().readTree(CONFIGURATION.replace("%TARGET%", target).replace("%DRIVER%", driver)
                .replace("%DEVICE%", DEVICE).replace("%DELAY%", Integer.toString(MIN_DELAY_BEFORE_BCE_DELETE)));
    }

    static List<String> gateway(String link, String mac, String switchMac, String address) {
        return List.of("mag", "link=" + link, "mac=" + mac, "switch-mac=" + switchMac, "address=" + address,
                "lma=" + ANCHOR);
    }

    static List<String> correspondent(String link) {
        return List.of("cn", "link=" + link, "mac=" + CORRESPONDENT_MAC, "switch-mac=" + HOME_MAC,
                "address=" + CORRESPONDENT);
    }
}
