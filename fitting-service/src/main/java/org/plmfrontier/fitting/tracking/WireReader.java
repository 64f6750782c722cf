package org.plmfrontier.fitting.tracking;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Fields of a message in the wire format of Protocol Buffers (protobuf.dev/programming-guides/encoding). Not thread-safe.
 *
 * <p>Methods throw {@link MalformedMessageException} where the bytes are no such message.
 */
final class WireReader {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int FIXED32 = 5;

    private static final int WIRE_TYPE_BITS = 3;
    private static final int LONGEST_VARINT = 70;

    /** Bytes that are no message. */
    static final class MalformedMessageException extends RuntimeException {
        private static final long serialVersionUID = 1;

        MalformedMessageException(String message) {
            super(message);
        }
    }

    private final ByteBuffer bytes;
    private int field;
    private int type;

    private WireReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    static WireReader of(byte[] message) {
        return new WireReader(ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** Goes to the next field, whose value must then be read or skipped; false at the end. */
    boolean next() {
        if (!bytes.hasRemaining()) {
            return false;
        }
        long key = varint();
        field = (int) (key >>> WIRE_TYPE_BITS);
        type = (int) (key & ((1 << WIRE_TYPE_BITS) - 1));
        return true;
    }

    /** Whether this is the field, of the wire type. */
    boolean is(int wantedField, int wantedType) {
        return field == wantedField && type == wantedType;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < LONGEST_VARINT; shift += 7) {
            require(1);
            byte b = bytes.get();
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new MalformedMessageException("a number has more than ten bytes");
    }

    float fixed32() {
        require(Float.BYTES);
        return bytes.getFloat();
    }

    double fixed64() {
        require(Double.BYTES);
        return bytes.getDouble();
    }

    String text() {
        ByteBuffer part = part();
        return StandardCharsets.UTF_8.decode(part).toString();
    }

    WireReader message() {
        return new WireReader(part().order(ByteOrder.LITTLE_ENDIAN));
    }

    /** The bytes of the field, in the order of little endian. */
    ByteBuffer buffer() {
        return part().order(ByteOrder.LITTLE_ENDIAN);
    }

    void skip() {
        switch (type) {
            case VARINT -> varint();
            case FIXED64 -> {
                require(Double.BYTES);
                bytes.position(bytes.position() + Double.BYTES);
            }
            case FIXED32 -> {
                require(Float.BYTES);
                bytes.position(bytes.position() + Float.BYTES);
            }
            case BYTES -> part();
            default -> throw new MalformedMessageException("field " + field + " has the unknown type " + type);
        }
    }

    private ByteBuffer part() {
        long length = varint();
        if (length < 0 || length > bytes.remaining()) {
            throw new MalformedMessageException(
                    "field " + field + " is said to have " + length + " bytes, of " + bytes.remaining());
        }
        ByteBuffer part = bytes.slice(bytes.position(), (int) length);
        bytes.position(bytes.position() + (int) length);
        return part;
    }

    private void require(int count) {
        if (bytes.remaining() < count) {
            throw new MalformedMessageException("the message ends within field " + field);
        }
    }
}
