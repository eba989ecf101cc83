package dev.crowdlab.engine;

/**
 * The sizes that statistics are made for.
 *
 * @param annotatorCount annotators of the data set
 * @param classCount classes of the data set
 * @param modelCount models of the data set, 0 or more
 */
record Shape(int annotatorCount, int classCount, int modelCount) {}
