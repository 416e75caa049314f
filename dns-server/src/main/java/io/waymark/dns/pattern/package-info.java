/// # pattern: regular expressions of a Corefile
///
/// **Lives here:** [GoPattern], the only door to com.google.re2j. **Read first:** it.
/// **May use:** java.base. **May not:** be loaded by a Corefile that has no regular expression.
/// **Invariant:** matching takes time linear in the text, whatever the expression: names come from
/// anybody.
@NullMarked
package io.waymark.dns.pattern;

import org.jspecify.annotations.NullMarked;
