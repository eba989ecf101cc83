package dev.crowdlab.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Records the phases of some work. */
public final class RecordedPhases {

    private static final String EVENT = "crowdlab.Phase";

    private RecordedPhases() {}

    /** Returns the phases of this thread in the order in which they began. */
    public static List<RecordedEvent> of(Runnable work) throws IOException {
        Path file = Files.createTempFile("phases", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(EVENT);
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
            long thread = Thread.currentThread().getId();
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals(EVENT))
                    .filter(event -> event.getThread().getJavaThreadId() == thread)
                    .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    /** Returns what the phases are called. */
    public static List<String> names(Runnable work) throws IOException {
        return of(work).stream().map(event -> event.getString("phase")).toList();
    }
}
