package org.plmfrontier.trainer.kafka;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A broker of long ago. To the question which requests it knows (ApiVersions, KIP-35) it answers that one and metadata, in
 * their first versions, and that the question itself came in one it does not know.
 */
final class OldBroker implements AutoCloseable {
    private static final short UNSUPPORTED_VERSION = 35;
    private static final short METADATA = 3;
    private static final short API_VERSIONS = 18;

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    OldBroker() throws IOException {
        Thread.ofPlatform().daemon().start(this::serve);
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofPlatform().daemon().start(() -> answerUntilItLeaves(socket));
            } catch (IOException e) {
                return; // the end
            }
        }
    }

    private void answerUntilItLeaves(Socket socket) {
        try (socket) {
            answer(socket);
        } catch (IOException e) {
            return; // the client has left
        }
    }

    private void answer(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        while (true) {
            int size = in.readInt();
            short api = in.readShort();
            short version = in.readShort();
            int correlation = in.readInt();
            in.skipNBytes(size - 8);
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            DataOutputStream answer = new DataOutputStream(body);
            answer.writeInt(correlation);
            if (api == API_VERSIONS) {
                tellVersions(answer, version);
            } else {
                tellItself(answer);
            }
            out.writeInt(body.size());
            body.writeTo(out);
            out.flush();
        }
    }

    private static void tellVersions(DataOutputStream answer, short asked) throws IOException {
        answer.writeShort(asked == 0 ? 0 : UNSUPPORTED_VERSION);
        answer.writeInt(2);
        for (short known : new short[] {METADATA, API_VERSIONS}) {
            answer.writeShort(known);
            answer.writeShort(0);
            answer.writeShort(0);
        }
    }

    /** One broker, no topics. */
    private void tellItself(DataOutputStream answer) throws IOException {
        answer.writeInt(1);
        answer.writeInt(0);
        answer.writeUTF("127.0.0.1");
        answer.writeInt(server.getLocalPort());
        answer.writeInt(0);
    }
}
