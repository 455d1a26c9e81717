// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.p4runtime;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import p4.v1.P4RuntimeOuterClass;

/**
 * What became of one update of a batch (P4Runtime 1.3, section 12.3, error reporting of Write).
 *
 * @param code canonical code of gRPC
 * @param message for people, may be empty
 */
record UpdateStatus(Status.Code code, String message) {
    private static final UpdateStatus DONE = new UpdateStatus(Status.Code.OK, "");

    /**
     * Tells whether the target did what was asked.
     *
     * @return true when it did
     */
    public boolean ok() {
        return code == Status.Code.OK;
    }

    static List<UpdateStatus> allOk(int count) {
        return Collections.nCopies(count, DONE);
    }

    /**
     * Takes the statuses of the single updates out of the error of a batch.
     *
     * @param error of the call
     * @param count of updates in the batch
     * @return one status for each update; when the error does not tell them apart, each has the error of the whole
     */
    static List<UpdateStatus> of(Throwable error, int count) {
        Status status = Status.fromThrowable(error);
        com.google.rpc.Status details = StatusProto.fromThrowable(error);
        if (details != null && details.getDetailsCount() == count && count > 0) {
            List<UpdateStatus> single = new ArrayList<>(count);
            try {
                for (Any detail : details.getDetailsList()) {
                    P4RuntimeOuterClass.Error one = detail.unpack(P4RuntimeOuterClass.Error.class);
                    single.add(new UpdateStatus(Status.fromCodeValue(one.getCanonicalCode()).getCode(),
                        one.getMessage()));
                }
                return single;
            } catch (InvalidProtocolBufferException e) {
                // Details of another kind than the specification's: the status of the whole has to do.
                return Collections.nCopies(count, new UpdateStatus(status.getCode(), P4RuntimeSession.describe(error)));
            }
        }
        return Collections.nCopies(count, new UpdateStatus(status.getCode(), P4RuntimeSession.describe(error)));
    }

    @Override
    public String toString() {
        return message.isEmpty() ? code.toString() : code + " (" + message + ')';
    }
}
