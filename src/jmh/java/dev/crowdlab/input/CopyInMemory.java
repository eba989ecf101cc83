package dev.crowdlab.input;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;

/** Gives the messages of a binary COPY that was prepared in memory, whatever the statement. */
final class CopyInMemory extends CopyManager {

    private final List<byte[]> messages;

    private CopyInMemory(List<byte[]> messages) throws SQLException {
        super(proxy(null));
        this.messages = messages;
    }

    /** Returns a connection that can do nothing else than COPY these messages, any number of times. */
    static Connection connection(List<byte[]> messages) throws SQLException {
        return proxy(new CopyInMemory(messages));
    }

    private static BaseConnection proxy(CopyManager copyManager) {
        return (BaseConnection) Proxy.newProxyInstance(
                CopyInMemory.class.getClassLoader(),
                new Class<?>[] {BaseConnection.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "unwrap" -> self;
                    case "getCopyAPI" -> copyManager;
                    default -> null;
                });
    }

    @Override
    public CopyOut copyOut(String statement) {
        return new Messages();
    }

    private final class Messages implements CopyOut {

        private int next;

        @Override
        public byte[] readFromCopy() {
            return next < messages.size() ? messages.get(next++) : null;
        }

        @Override
        public byte[] readFromCopy(boolean block) {
            return readFromCopy();
        }

        @Override
        public int getFieldCount() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getFormat() {
            return 1;
        }

        @Override
        public int getFieldFormat(int field) {
            return 1;
        }

        @Override
        public boolean isActive() {
            return next < messages.size();
        }

        @Override
        public void cancelCopy() {
            next = messages.size();
        }

        @Override
        public long getHandledRowCount() {
            return -1;
        }
    }
}
