/// # house: the few rules that matter, held by tests
///
/// **Lives here:** [TidyTest], what may know what, read from the class files; [RepositoryTest], what
/// the files of the repository owe a reader; [LauncherTest], `./waymark` as a shell sees it.
/// **Read first:** [TidyTest]. **May use:** everything, files and processes too.
/// **May not:** hold a matter of taste: a rule is here because breaking it has cost someone dearly.
/// **Invariant:** each failure names the place and says what to do.
@NullMarked
package io.waymark.testzones.house;

import org.jspecify.annotations.NullMarked;
