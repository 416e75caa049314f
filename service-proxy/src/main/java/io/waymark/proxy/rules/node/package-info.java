/// # node: the node's own part in the rules
///
/// **Lives here:** [RuleConfig] and [NodeFacts], what an operator and the node say; [NodeRules], what
/// that comes to in one family: who is a Pod ([PodDetector]), which addresses serve node ports
/// ([NodePortTargets]), what is masqueraded. **Read first:** [NodeRules#of]. **May use:** `records`.
/// **May not:** know Services, nor ask the kernel: facts are brought. **Invariant:** equal facts and
/// configurations give equal rules.
@NullMarked
package io.waymark.proxy.rules.node;

import org.jspecify.annotations.NullMarked;
