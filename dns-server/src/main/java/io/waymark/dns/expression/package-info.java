/// # expression: conditions about a query
///
/// **Lives here:** [Expression], a text of the language of expr-lang.org that CoreDNS' `view` and `template`
/// use, compiled: [ExpressionReader] makes [Node]s of it, a [Vocabulary] says what may be called,
/// a [Value] is what comes out. **Read first:** [Expression]. **May use:** `pattern`, `pipeline`, `records`.
/// **May not:** know who asks. **Invariant:** any text gives an expression or a [Mistake]; evaluating one is
/// total, and takes time linear in the text, the lists in it and the query.
@NullMarked
package io.waymark.dns.expression;

import org.jspecify.annotations.NullMarked;
