/** Whether what stands in the database between results and their readers is what the migrations made. */
@NullMarked
package dev.crowdlab.catalog;

import org.jspecify.annotations.NullMarked;
