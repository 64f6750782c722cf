package org.plmfrontier.runtime.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Locale;

/** HTTP/1.1 without any care for what is sent, which clients take too much of. */
final class RawHttp {
    private static final int MOST = 1 << 20;
    private static final int PATIENCE_MILLIS = 60_000;

    private final URI service;

    RawHttp(URI service) {
        this.service = service;
    }

    /**
     * An answer.
     *
     * @param status 0 where the connection was closed without one
     * @param body its beginning; of an event stream nothing
     */
    record Answer(int status, String body) {}

    /**
     * Sends one request on a connection of its own.
     *
     * @param head lines between the request line and the empty line, each with its end
     */
    Answer send(String method, String target, String head, byte[] body) throws IOException {
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream output = socket.getOutputStream();
            String request = method + " " + target + " HTTP/1.1\r\nHost: localhost:" + service.getPort()
                    + "\r\nConnection: close\r\n" + head + "\r\n";
            output.write(request.getBytes(ISO_8859_1));
            sendBody(output, body);
            return answer(socket.getInputStream(), method + " " + target);
        }
    }

    /** A service may answer and close before it has read all. */
    private static void sendBody(OutputStream output, byte[] body) {
        try {
            output.write(body);
            output.flush();
        } catch (IOException refusedEarly) {
            // The answer, if there is one, is what counts.
        }
    }

    private static Answer answer(InputStream input, String request) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        try {
            for (int sign = input.read(); sign >= 0; sign = input.read()) {
                head.write(sign);
                if (sign == '\n' && head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                    break;
                }
            }
        } catch (SocketTimeoutException e) {
            throw new IOException("no answer to " + request, e);
        } catch (IOException closed) {
            return new Answer(0, "");
        }
        String text = head.toString(ISO_8859_1);
        if (!text.startsWith("HTTP/1.1 ")) {
            return new Answer(0, "");
        }
        int status = Integer.parseInt(text.substring(9, 12));
        boolean endless = text.toLowerCase(Locale.ROOT).contains("text/event-stream");
        return new Answer(status, endless ? "" : rest(input));
    }

    private static String rest(InputStream input) {
        try {
            return new String(input.readNBytes(MOST), ISO_8859_1);
        } catch (IOException closed) {
            return "";
        }
    }
}
