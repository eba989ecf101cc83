/** The database around the job: the embedded PostgreSQL, migration, the sample, loading of CSV files. */
@NullMarked
package dev.crowdlab.database;

import org.jspecify.annotations.NullMarked;
