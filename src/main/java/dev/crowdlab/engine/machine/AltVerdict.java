package dev.crowdlab.engine.machine;

/** What the alternative annotator test says of a machine, see {@link AlternativeTest}. */
public enum AltVerdict {
    /** It may stand in for at least half of the people who were compared with it. */
    PASS,

    /** It may not. */
    FAIL,

    /** Fewer than three people have 30 labels beside a label of the machine and one of another person. */
    TOO_FEW_HUMANS,

    /** It labeled no example that a person labeled. */
    NO_OVERLAP
}
