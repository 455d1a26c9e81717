#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What udhcpc does with a lease: address and default route of the interface, and nothing outside of this name space.
set -eu

case $1 in
    deconfig)
        ip -4 address flush dev "$interface"
        ;;
    bound|renew)
        ip address replace "$ip/$mask" dev "$interface"
        ip link set dev "$interface" mtu "${mtu:-1500}"
        for one in ${router:-}; do
            ip route replace default via "$one" dev "$interface"
        done
        ;;
esac
