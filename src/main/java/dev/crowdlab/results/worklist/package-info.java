/** What a person should look at next: the examples, labels and annotators that stand lowest in each list. */
@NullMarked
package dev.crowdlab.results.worklist;

import org.jspecify.annotations.NullMarked;
