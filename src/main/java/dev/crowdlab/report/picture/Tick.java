package dev.crowdlab.report.picture;

/** A mark on an axis: its place in pixels and its words. */
public record Tick(String at, String text) {}
