/** What a setting is, and a section of settings as they are written; which settings there are is not known here. */
@NullMarked
package dev.crowdlab.settings.section;

import org.jspecify.annotations.NullMarked;
