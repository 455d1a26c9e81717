// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.compile;

import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.pmip.softswitch.pipeline.action.ActionFunction;
import org.pmip.softswitch.pipeline.action.ControlNode;
import org.pmip.softswitch.pipeline.packet.Packet;

/**
 * Part of a control, written into one method. The method returns the number of the part that follows, or {@link #END}:
 * one method for a whole control would be too long for the just-in-time compiler.
 */
public final class Flow {
    /** Actions of at most so many steps are written where they run, longer ones into a method. */
    public static final int MOST_INLINE = 8;

    static final int END = -1;

    private static final MethodType ACTION = MethodType.methodType(void.class, Packet.class, long[].class);

    private final Code code;
    private final Map<ControlNode, Label> inside = new HashMap<>();
    private final Map<ControlNode, Label> outside = new LinkedHashMap<>();
    private final Map<ActionFunction, String> actions;
    private Label end;

    /** Of those nodes; {@code actions} are the methods that there are already. */
    Flow(Code code, Iterable<ControlNode> nodes, Map<ActionFunction, String> actions) {
        this.code = code;
        this.actions = actions;
        nodes.forEach(node -> inside.put(node, new Label()));
    }

    /** What it is written into. */
    public Code code() {
        return code;
    }

    void write(Iterable<ControlNode> nodes, ToIntFunction<ControlNode> part) {
        for (ControlNode node : nodes) {
            code.label(inside.get(node));
            node.emit(this);
        }
        outside.forEach((node, label) -> {
            code.label(label);
            code.returnInt(part.applyAsInt(node));
        });
        if (end != null) {
            code.label(end);
            code.returnInt(END);
        }
        code.end();
    }

    private Label end() {
        if (end == null) {
            end = new Label();
        }
        return end;
    }

    /** Goes on with that node; null is the end. */
    public void go(ControlNode node) {
        if (node == null) {
            code.jump(end());
            return;
        }
        Label here = inside.get(node);
        code.jump(here != null ? here : outside.computeIfAbsent(node, key -> new Label()));
    }

    /** Runs an action with the arguments that are pushed by that, and ends if the action says so. */
    public void run(ActionFunction action, Runnable arguments) {
        if (!action.compiles()) {
            code.object(action, ActionFunction.class);
            code.packet();
            arguments.run();
            code.call(ActionFunction.class, "run");
        } else {
            if (action.takesArguments()) {
                code.set("arguments", long[].class, arguments);
            }
            if (action.steps() <= MOST_INLINE) {
                action.emit(code);
            } else {
                code.packet();
                code.words();
                code.callOwn(actions.computeIfAbsent(action, this::method), ACTION);
            }
        }
        if (action.mayEnd()) {
            code.get("exit", boolean.class);
            code.jump(Opcodes.IFNE, end());
        }
    }

    private String method(ActionFunction action) {
        String name = "action" + action.index();
        Code body = code.unit().method(name, ACTION);
        action.emit(body);
        body.op(Opcodes.RETURN);
        body.end();
        return name;
    }
}
