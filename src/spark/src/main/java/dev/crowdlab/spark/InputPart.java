package dev.crowdlab.spark;

import dev.crowdlab.dataset.AnnotationRows;
import dev.crowdlab.dataset.GoldRows;
import dev.crowdlab.dataset.PredictionRows;
import java.io.Serializable;

/** All rows of some of the examples, as read. */
record InputPart(AnnotationRows annotations, PredictionRows predictions, GoldRows gold) implements Serializable {}
