// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.util.List;
import p4.v1.P4RuntimeOuterClass.ReadRequest;
import p4.v1.P4RuntimeOuterClass.Role;
import p4.v1.P4RuntimeOuterClass.SetForwardingPipelineConfigRequest;
import p4.v1.P4RuntimeOuterClass.WriteRequest;

/**
 * What a role is called: a number until P4Runtime 1.3, a name since 1.4, where the generated classes only know the
 * number. 0 and the empty name are the default role (section 5.1).
 */
record RoleName(long id, String name) {
    static final RoleName DEFAULT = new RoleName(0, "");

    /** Fields of P4Runtime 1.4 that carry the name. */
    private static final int IN_ROLE = 3;
    private static final int IN_WRITE = 6;
    private static final int IN_SET = 6;
    private static final int IN_READ = 3;

    static RoleName of(Role role) throws Refusal {
        return new RoleName(role.getId(), name(role.getUnknownFields(), IN_ROLE));
    }

    static RoleName of(WriteRequest request) throws Refusal {
        return new RoleName(request.getRoleId(), name(request.getUnknownFields(), IN_WRITE));
    }

    static RoleName of(SetForwardingPipelineConfigRequest request) throws Refusal {
        return new RoleName(request.getRoleId(), name(request.getUnknownFields(), IN_SET));
    }

    static RoleName of(ReadRequest request) throws Refusal {
        return new RoleName(0, name(request.getUnknownFields(), IN_READ));
    }

    private static String name(UnknownFieldSet unknown, int field) throws Refusal {
        if (!unknown.hasField(field)) {
            return "";
        }
        List<ByteString> given = unknown.getField(field).getLengthDelimitedList();
        ByteString last = given.isEmpty() ? null : given.get(given.size() - 1);
        if (last == null || !last.isValidUtf8()) {
            throw Refusal.invalid("the name of the role is no text: give it as a string in UTF-8");
        }
        return last.toStringUtf8();
    }

    boolean isDefault() {
        return equals(DEFAULT);
    }

    /** The same in a message. */
    Role.Builder toMessage() {
        Role.Builder role = Role.newBuilder().setId(id);
        if (!name.isEmpty()) {
            role.setUnknownFields(UnknownFieldSet.newBuilder().addField(IN_ROLE, UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFromUtf8(name)).build()).build());
        }
        return role;
    }

    /** For texts. */
    @Override
    public String toString() {
        if (isDefault()) {
            return "the default role";
        }
        String number = id == 0 ? "" : " " + Long.toUnsignedString(id);
        return "role" + number + (name.isEmpty() ? "" : " '" + name + "'");
    }
}
