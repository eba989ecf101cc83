/** Reports how a call ended: a webhook, metrics for Prometheus and OpenTelemetry, and lineage. */
@NullMarked
package dev.crowdlab.notification;

import org.jspecify.annotations.NullMarked;
