/// # template: answers made of the question
///
/// **Lives here:** [TemplateReader], the lines; [TextTemplate], a text of Go's template language, of which
/// the part that templates of records use is read ([TextTemplateReader]); [TemplatePlugin].
/// **Read first:** [TemplatePlugin]. **May use:** `expression`, `pattern`, `records.dnsjava`, and what all of
/// [io.waymark.dns.plugin] may. **Invariant:** any text is a template or a problem; executing one is total, and
/// takes time linear in it and what it is about.
@NullMarked
package io.waymark.dns.plugin.template;

import org.jspecify.annotations.NullMarked;
