// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.demo;

import java.io.IOException;

/** A Linux interface. */
final class InterfaceFrameLink implements FrameLink {

    InterfaceFrameLink(String name) throws IOException {
        throw new IOException("interface " + name + " cannot be opened");
    }

    @Override
    public void send(byte[] frame) throws IOException {
    }

    @Override
    public byte[] receive() throws IOException {
        return null;
    }

    @Override
    public void close() {
    }
}
