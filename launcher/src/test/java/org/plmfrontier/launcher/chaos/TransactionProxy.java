package org.plmfrontier.launcher.chaos;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a broker and can hold the requests that end a transaction, or lose the answers to them; all
 * else flows. Thread-safe.
 */
final class TransactionProxy implements AutoCloseable {
    /** Key of the request EndTxn in Kafka's protocol. */
    private static final short END_TRANSACTION = 26;

    private final ServerSocket server;
    private final int broker;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<CountDownLatch> held = new CopyOnWriteArrayList<>();
    private final AtomicInteger toHold = new AtomicInteger();
    private final AtomicInteger toLose = new AtomicInteger();
    private final AtomicInteger ends = new AtomicInteger();

    private TransactionProxy(ServerSocket server, int broker) {
        this.server = server;
        this.broker = broker;
    }

    /** A proxy on a port in front of a broker's port, both on 127.0.0.1. */
    static TransactionProxy start(int port, int broker) throws IOException {
        TransactionProxy proxy =
                new TransactionProxy(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()), broker);
        Thread.ofPlatform().daemon().name("proxy").start(proxy::accept);
        return proxy;
    }

    /** From now on ends of transactions are held, also when they are sent again. */
    void hold() {
        toHold.set(Integer.MAX_VALUE);
    }

    /** Whether one is held. */
    boolean isHolding() {
        return !held.isEmpty();
    }

    /** Lets what is held go on to the broker, and all that follows. */
    void release() {
        toHold.set(0);
        held.forEach(CountDownLatch::countDown);
        held.clear();
    }

    /** The next ends of transactions reach the broker, but their connection breaks before the answer. */
    void loseAnswers(int count) {
        toLose.set(count);
    }

    /** Answers that are still to be lost. */
    int answersToLose() {
        return toLose.get();
    }

    /** Ends of transactions that were asked for. */
    int ends() {
        return ends.get();
    }

    @Override
    public void close() throws IOException {
        release();
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket there = new Socket(InetAddress.getLoopbackAddress(), broker);
                sockets.addAll(List.of(client, there));
                AtomicBoolean muted = new AtomicBoolean();
                start(client, there, () -> requests(client, there, muted));
                start(client, there, () -> answers(there, client, muted));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void requests(Socket client, Socket there, AtomicBoolean muted) throws IOException, InterruptedException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(there.getOutputStream());
        while (true) {
            byte[] request = in.readNBytes(in.readInt());
            if (ByteBuffer.wrap(request).getShort() == END_TRANSACTION) {
                ends.incrementAndGet();
                holdIfAsked();
                muted.set(toLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0);
            }
            out.writeInt(request.length);
            out.write(request);
            out.flush();
        }
    }

    private static void answers(Socket there, Socket client, AtomicBoolean muted) throws IOException {
        InputStream in = there.getInputStream();
        OutputStream out = client.getOutputStream();
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0 && !muted.get(); read = in.read(buffer)) {
            out.write(buffer, 0, read);
        }
    }

    private void holdIfAsked() throws InterruptedException {
        if (toHold.get() > 0) {
            CountDownLatch latch = new CountDownLatch(1);
            held.add(latch);
            latch.await();
        }
    }

    /** One direction of a connection; its end is the end of both. */
    private void start(Socket client, Socket there, Pump pump) {
        Thread.ofPlatform().daemon().start(() -> {
            try (client;
                    there) {
                pump.run();
            } catch (IOException e) {
                sockets.removeAll(List.of(client, there));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** What moves bytes in one direction. */
    @FunctionalInterface
    private interface Pump {
        void run() throws IOException, InterruptedException;
    }
}
