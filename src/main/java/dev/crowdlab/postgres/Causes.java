package dev.crowdlab.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionSystemException;

/** A failure and the failures that led to it. */
public final class Causes {

    private Causes() {}

    /**
     * The failure itself, its cause, and so on. If a rollback failed as well, the failure that led to it comes next.
     */
    public static List<Throwable> of(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = behind(cause)) {
            causes.add(cause);
        }
        return causes;
    }

    /** The outermost of them that is of a type, which may be an interface. */
    public static <T> Optional<T> first(Throwable failure, Class<T> type) {
        return of(failure).stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    private static @Nullable Throwable behind(Throwable failure) {
        return failure instanceof TransactionSystemException rollback && rollback.getApplicationException() != null
                ? rollback.getApplicationException()
                : failure.getCause();
    }
}
