package io.waymark.proxy.rules;

import io.waymark.proxy.rules.Action.Dnat;
import io.waymark.proxy.rules.Action.Drop;
import io.waymark.proxy.rules.Action.Reject;
import io.waymark.proxy.rules.node.ClientKind;
import io.waymark.proxy.rules.node.Masquerade;

/// What frontends of one kind, internal or external, do with whom.
public sealed interface Entry {
    /// There is no frontend of this kind.
    record Absent() implements Entry {}

    /// Everybody is refused: the Service port has no endpoint anywhere.
    record Refuse() implements Entry {}

    /// Everybody's packets are dropped: the policy is Local, and endpoints are on other nodes only.
    record DropAll() implements Entry {}

    /// Everybody is sent to the same list, which is not empty.
    record Balance(BackendList list, Masquerade masquerade) implements Entry {}

    /// `externalTrafficPolicy: Local`: Pods and the node's processes are sent to the list of the
    /// cluster, which is not empty, Pods with their own address; everybody else to the local list with
    /// their own address.
    /// @param local whether the local list has a backend; without one the packets of everybody else
    ///              are dropped
    record KeepSource(Local local) implements Entry {}

    /// Whether there is a local backend.
    enum Local {
        SOME,
        NONE
    }

    /// What is done with a packet of this client. Of an absent kind there are no packets: that is asked
    /// by mistake.
    default Action action(ClientKind client) {
        return switch (this) {
            case Absent absent -> throw new IllegalStateException("there is no frontend of this kind");
            case Refuse refuse -> new Reject();
            case DropAll drop -> new Drop();
            case Balance(var list, var masquerade) ->
                new Dnat(list, masquerade.isFor(client) ? Masquerade.ALWAYS : Masquerade.NEVER);
            case KeepSource(var local) ->
                switch (client) {
                    case POD -> new Dnat(BackendList.CLUSTER, Masquerade.NEVER);
                    case NODE -> new Dnat(BackendList.CLUSTER, Masquerade.ALWAYS);
                    case OUTSIDE ->
                        switch (local) {
                            case SOME -> new Dnat(BackendList.LOCAL, Masquerade.NEVER);
                            case NONE -> new Drop();
                        };
                };
        };
    }
}
