package dev.crowdlab.testing;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * A pooler in transaction mode: as soon as a transaction has ended, the session of the server is free for whichever client comes
 * next. Speaks as much of PostgreSQL's protocol as queries need, not COPY. The server must ask for no password.
 */
public final class PoolingProxy implements AutoCloseable {

    private static final int STARTUP = 196_608;
    private static final int AUTHENTICATED = 'R';
    private static final int BACKEND_KEY = 'K';
    private static final int READY = 'Z';
    private static final int TERMINATE = 'X';

    /** What a client sends before it waits for an answer: Sync, and a simple query. */
    private static final Set<Integer> ASKING = Set.of((int) 'S', (int) 'Q');

    private final int serverPort;
    private final Choice choice;
    private final boolean passesKeys;
    private final ServerSocket entrance;
    private final Semaphore places;
    private final Deque<Session> free = new ArrayDeque<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** Which of several free sessions a transaction gets. */
    public enum Choice {
        LAST_USED,
        IN_TURN
    }

    /**
     * A pooler in front of a server.
     *
     * @param size of the pool
     * @param passesKeys whether a client is told the number and key of the server's process, and not one made up
     */
    public PoolingProxy(int serverPort, int size, Choice choice, boolean passesKeys) throws IOException {
        this.serverPort = serverPort;
        this.choice = choice;
        this.passesKeys = passesKeys;
        places = new Semaphore(size, true);
        entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    public int port() {
        return entrance.getLocalPort();
    }

    private record Message(int type, byte[] body) {

        static Message read(DataInputStream in) throws IOException {
            int type = in.readUnsignedByte();
            byte[] body = new byte[in.readInt() - 4];
            in.readFully(body);
            return new Message(type, body);
        }

        void write(DataOutputStream out) throws IOException {
            out.writeByte(type);
            out.writeInt(body.length + 4);
            out.write(body);
        }
    }

    /** A session of the server, and what it said when it began. */
    private record Session(DataInputStream in, DataOutputStream out, byte[] greeting) {}

    private void accept() {
        try {
            while (!entrance.isClosed()) {
                Socket client = kept(entrance.accept());
                daemon(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private Socket kept(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        return socket;
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "pooling-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket client) {
        try (client;
                DataInputStream in = new DataInputStream(client.getInputStream());
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(client.getOutputStream()))) {
            byte[] startup = startup(in, out);
            Session any = take(startup);
            release(any);
            out.write(any.greeting());
            out.flush();
            while (transaction(in, out, startup)) {}
        } catch (IOException | InterruptedException e) {
            // the client has gone
        }
    }

    /** Declines encryption, and gives the message with user and database. */
    private static byte[] startup(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            byte[] message = new byte[in.readInt() - 4];
            in.readFully(message);
            if (ByteBuffer.wrap(message).getInt() == STARTUP) {
                return message;
            }
            out.writeByte('N');
            out.flush();
        }
    }

    /** One transaction of a client; false if it has gone. */
    private boolean transaction(DataInputStream in, DataOutputStream out, byte[] startup)
            throws IOException, InterruptedException {
        Message message = Message.read(in);
        if (message.type() == TERMINATE) {
            return false;
        }
        Session session = take(startup);
        boolean isFree = false;
        try {
            while (!isFree) {
                message.write(session.out());
                if (ASKING.contains(message.type())) {
                    session.out().flush();
                    isFree = answer(session, out) == 'I';
                }
                message = isFree ? message : Message.read(in);
            }
            return true;
        } finally {
            if (isFree) {
                release(session);
            } else { // the client has gone in the midst of its transaction
                session.out().close();
                places.release();
            }
        }
    }

    /** Passes on what the server answers, and gives the state in which the transaction is. */
    private static int answer(Session session, DataOutputStream out) throws IOException {
        Message answer;
        do {
            answer = Message.read(session.in());
            answer.write(out);
        } while (answer.type() != READY);
        out.flush();
        return answer.body()[0];
    }

    private Session take(byte[] startup) throws IOException, InterruptedException {
        places.acquire();
        synchronized (free) {
            if (!free.isEmpty()) {
                return free.removeFirst();
            }
        }
        return begin(startup);
    }

    private void release(Session session) {
        synchronized (free) {
            if (choice == Choice.LAST_USED) {
                free.addFirst(session);
            } else {
                free.addLast(session);
            }
        }
        places.release();
    }

    private Session begin(byte[] startup) throws IOException {
        Socket server = kept(new Socket(InetAddress.getLoopbackAddress(), serverPort));
        DataInputStream in = new DataInputStream(server.getInputStream());
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(server.getOutputStream()));
        out.writeInt(startup.length + 4);
        out.write(startup);
        out.flush();
        ByteArrayOutputStream greeting = new ByteArrayOutputStream();
        Message said;
        do {
            said = Message.read(in);
            if (said.type() == AUTHENTICATED && ByteBuffer.wrap(said.body()).getInt() != 0) {
                throw new IllegalStateException("the server asks for a password");
            }
            if (said.type() == BACKEND_KEY && !passesKeys) {
                said = new Message(BACKEND_KEY, new byte[said.body().length]);
            }
            said.write(new DataOutputStream(greeting));
        } while (said.type() != READY);
        return new Session(in, out, greeting.toByteArray());
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        for (Socket socket : new HashSet<>(sockets)) {
            socket.close();
        }
    }
}
