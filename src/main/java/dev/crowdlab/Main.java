package dev.crowdlab;

/** Entry point of the process. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {}
}
